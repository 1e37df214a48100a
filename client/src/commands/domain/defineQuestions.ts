/** What the user is asked on the way to a definition. */
import * as vscode from 'vscode';
import type { DefinePlan, VirshFailure } from '../../../../virsh/src/index.ts';
import { isActive } from '../../connections/pick.ts';
import type { ClientContext } from '../../context.ts';
import type { CheckedFinding } from '../../language.ts';

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
  const chosen = await vscode.window.showErrorMessage(message, show, anyway);
  if (chosen === show) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.actions.view.problems');
  }
  return chosen === anyway;
}

/** Shows what will happen: a new VM, or the difference to the definition that is replaced. */
export async function confirmDefine(
  { documents }: ClientContext,
  document: vscode.TextDocument,
  host: string,
  intent: Exclude<DefinePlan, { action: 'conflict' }>,
): Promise<boolean> {
  if (intent.action === 'create') {
    const define = vscode.l10n.t('Define');
    const message = vscode.l10n.t('Define the new VM "{0}" on "{1}"?', intent.name, host);
    return (await vscode.window.showInformationMessage(message, { modal: true }, define)) === define;
  }
  const { existing } = intent;
  const present = documents.put(`/${host}/${existing.name}.xml`, existing.xml);
  const title = vscode.l10n.t('{0}: on {1} ↔ file', existing.name, host);
  await vscode.commands.executeCommand('vscode.diff', present, document.uri, title);
  const replace = vscode.l10n.t('Replace');
  const question = vscode.l10n.t('Replace the definition of "{0}" on "{1}" as shown?', existing.name, host);
  const later = isActive(existing.state)
    ? ` ${vscode.l10n.t('It is running: the change takes effect when it is shut down and started again.')}`
    : '';
  // Not modal: the difference must be readable while the question stands.
  const cancel = vscode.l10n.t('Cancel');
  return (await vscode.window.showWarningMessage(question + later, replace, cancel)) === replace;
}

/** libvirt's schema refuses the file although virtlint, or the user, does not. */
export async function confirmWithoutValidation({ log }: ClientContext, failure: VirshFailure): Promise<boolean> {
  log.error(`${failure.message}\n  ${failure.commandLine}\n${failure.stderr.trimEnd()}`);
  const without = vscode.l10n.t('Define Without Validation');
  const detail = vscode.l10n.t(
    'Without validation libvirt ignores what it does not know; what it dropped is marked afterwards.',
  );
  const options = { modal: true, detail };
  return (await vscode.window.showWarningMessage(failure.message, options, without)) === without;
}
