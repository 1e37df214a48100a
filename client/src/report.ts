/** Tells the user of a failure: one sentence, with the command and its error text one click away in the log. */
import * as vscode from 'vscode';
import type { VirshFailure } from '../../virsh/src/index.ts';
import type { ClientContext } from './context.ts';

/** Shows a failure of virsh. What the user cancelled is no failure. */
export function report({ log }: Pick<ClientContext, 'log'>, failure: VirshFailure): void {
  if (failure.kind === 'cancelled') return;
  log.error(`${failure.message}\n  ${failure.commandLine}\n${failure.stderr.trimEnd()}`);
  const show = vscode.l10n.t('Show Log');
  void vscode.window.showErrorMessage(failure.message, show).then((chosen) => {
    if (chosen === show) log.show();
  });
}
