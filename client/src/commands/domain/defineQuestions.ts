/** What the user is asked on the way to a definition. */
import * as vscode from 'vscode';
import type { DefinePlan, ExistingDomain, VirshFailure } from '../../../../virsh/src/index.ts';
import { isActive } from '../../connections/states.ts';
import type { ClientContext } from '../../context.ts';
import type { CheckedFinding } from '../../language.ts';
import { ask, confirm, confirmBeside } from '../../notify.ts';
import { logFailure } from '../../report.ts';
import type { Draft } from './defineDraft.ts';

/** The file has errors: libvirt would refuse or lose something. */
export async function confirmDespiteErrors(
  document: vscode.TextDocument,
  errors: readonly CheckedFinding[],
): Promise<boolean> {
  const show = vscode.l10n.t('Show Problems');
  const anyway = vscode.l10n.t('Define Anyway');
  const first = errors[0]?.message ?? '';
  const message =
    errors.length === 1
      ? vscode.l10n.t('Not defined: the file has an error. {0}', first)
      : vscode.l10n.t('Not defined: the file has {0} errors. The first: {1}', errors.length, first);
  const chosen = await ask('error', message, show, anyway);
  if (chosen === show) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.actions.view.problems');
  }
  return chosen === anyway;
}

/** Shows what will happen: a new VM, or the difference to the definition that is replaced. */
export async function confirmDefine(
  context: ClientContext,
  draft: Draft,
  host: string,
  text: string,
  plan: Exclude<DefinePlan, { action: 'conflict' }>,
): Promise<boolean> {
  if (plan.action === 'replace') return confirmReplace(context, draft, host, text, plan.existing);
  return confirm(vscode.l10n.t('Define the new VM "{0}" on "{1}"?', plan.name, host), vscode.l10n.t('Define'));
}

/** Both sides are read-only: what is shown is what will be sent, whatever becomes of the file meanwhile. */
async function confirmReplace(
  { documents }: ClientContext,
  { document }: Draft,
  host: string,
  text: string,
  { name, xml, state }: ExistingDomain,
): Promise<boolean> {
  const present = documents.put(host, `${name} at present.xml`, xml);
  const intended = documents.put(host, `${name} to be defined.xml`, text);
  const title = vscode.l10n.t('{0}: on {1} ↔ to be defined', name, host);
  // In a tab of its own: a preview would take the place of the file's.
  await vscode.commands.executeCommand('vscode.diff', present, intended, title, { preview: false });
  const question = vscode.l10n.t('Replace the definition of "{0}" on "{1}" as shown?', name, host);
  const later = vscode.l10n.t('It is running: the change takes effect when it is shut down and started again.');
  const isYes = await confirmBeside(question, vscode.l10n.t('Replace'), isActive(state) ? later : undefined);
  await closeDifference(present);
  if (!document.isClosed) await vscode.window.showTextDocument(document);
  return isYes;
}

async function closeDifference(present: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const shown = tabs.filter(
    ({ input }) => input instanceof vscode.TabInputTextDiff && input.original.toString() === present.toString(),
  );
  await vscode.window.tabGroups.close(shown);
}

/** libvirt's schema refuses the file although virtlint, or the user, does not. */
export function confirmWithoutValidation({ log }: ClientContext, failure: VirshFailure): Promise<boolean> {
  logFailure(log, failure);
  return confirm(
    failure.message,
    vscode.l10n.t('Define Without Validation'),
    vscode.l10n.t('Without validation libvirt ignores what it does not know; what it dropped is marked afterwards.'),
  );
}
