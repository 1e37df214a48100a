/** What the user is asked on the way to a definition. */
import * as vscode from 'vscode';
import type { VirshFailure } from '../../../../virsh/src/index.ts';
import type { ClientContext } from '../../context.ts';
import type { CheckedFinding } from '../../language.ts';
import { ask, confirm } from '../../notify.ts';
import { logFailure } from '../../report.ts';

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

/** libvirt's schema refuses the file although virtlint, or the user, does not. */
export function confirmWithoutValidation({ log }: ClientContext, failure: VirshFailure): Promise<boolean> {
  logFailure(log, failure);
  return confirm(
    failure.message,
    vscode.l10n.t('Define Without Validation'),
    vscode.l10n.t('Without validation libvirt ignores what it does not know; what it dropped is marked afterwards.'),
  );
}
