/** Tells the user of a failure: one sentence, with the command and its error text one click away in the log. */
import * as vscode from 'vscode';
import type { VirshFailure } from '../../virsh/src/index.ts';
import type { ClientContext } from './context.ts';
import type { Log } from './log.ts';
import { type Action, tell } from './notify.ts';

/** Shows a failure of virsh. What the user cancelled is no failure. */
export function report({ log }: Pick<ClientContext, 'log'>, failure: VirshFailure): void {
  if (failure.kind === 'cancelled') return;
  logFailure(log, failure);
  const isProgramMissing = failure.kind === 'virsh-missing' || failure.kind === 'ssh-missing';
  tell('error', failure.message, showLog(log), ...(isProgramMissing ? [openSettings('libvirt')] : []));
}

/** The sentence, the command as a shell would take it, and what it printed as errors. */
export function logFailure(log: Log, { message, commandLine, stderr }: VirshFailure): void {
  log.error([message, commandLine && `  ${commandLine}`, stderr.trimEnd()].filter((line) => line !== '').join('\n'));
}

/** Tells of a fault of virtlint itself. */
export function reportFault({ log }: Pick<ClientContext, 'log'>, fault: unknown): void {
  const message = fault instanceof Error ? fault.message : String(fault);
  log.error(fault instanceof Error ? (fault.stack ?? message) : message);
  tell('error', vscode.l10n.t('The command could not be carried out: {0}', message), showLog(log));
}

export function showLog(log: Log): Action {
  return { title: vscode.l10n.t('Show Log'), run: () => log.show() };
}

export function openSettings(query: string): Action {
  const run = () => vscode.commands.executeCommand('workbench.action.openSettings', query);
  return { title: vscode.l10n.t('Open Settings'), run };
}
