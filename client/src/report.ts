/** Tells the user of a failure: what it means in a sentence or two; the place in the definition and what was really printed are one click away. */
import * as vscode from 'vscode';
import { type VirshFailure, withoutSecrets } from '../../virsh/src/index.ts';
import type { ClientContext } from './context.ts';
import { failurePage } from './failurePage.ts';
import type { Log } from './log.ts';
import { type Action, tell } from './notify.ts';

/**
 * Shows a failure of virsh. What the user cancelled is no failure. `definition` is the document of the VM that it happened to: the place that the
 * failure is about is marked there, and offered.
 */
export function report(
  context: Pick<ClientContext, 'log' | 'documents' | 'marks'>,
  failure: VirshFailure,
  definition?: vscode.Uri,
): void {
  if (failure.kind === 'cancelled') return;
  logFailure(context.log, failure);
  const isOpen = ({ uri }: vscode.TextDocument): boolean => uri.toString() === definition?.toString();
  const open = vscode.workspace.textDocuments.find(isOpen);
  const isMarked = open !== undefined && context.marks.showFailure(open, failure) !== undefined;
  const isProgramMissing = failure.kind === 'virsh-missing' || failure.kind === 'ssh-missing';
  tell(
    'error',
    failure.message,
    ...(definition && failure.place && (isMarked || !open) ? [showPlace(context, failure, definition)] : []),
    showDetails(context, failure),
    ...(isProgramMissing ? [openSettings('libvirt')] : []),
  );
}

/** Leads to the place in the definition that a failure is about. */
function showPlace({ marks }: Pick<ClientContext, 'marks'>, failure: VirshFailure, definition: vscode.Uri): Action {
  const run = async (): Promise<void> => {
    const document = await vscode.workspace.openTextDocument(definition);
    const selection = marks.showFailure(document, failure);
    await vscode.window.showTextDocument(document, selection ? { selection } : {});
  };
  return { title: vscode.l10n.t('Show Place'), run };
}

/** Shows the command and what it printed. */
export function showDetails({ documents }: Pick<ClientContext, 'documents'>, failure: VirshFailure): Action {
  const run = async (): Promise<void> => {
    const time = new Date().toTimeString().slice(0, 8);
    const page = documents.put('failures', `${vscode.l10n.t('Failure')} ${time}.txt`, failurePage(failure));
    await vscode.window.showTextDocument(page);
  };
  return { title: vscode.l10n.t('Show Details'), run };
}

/** The sentence, the command as a shell would take it, and what it printed as errors. */
export function logFailure(log: Log, { message, commandLine, stderr }: VirshFailure): void {
  const lines = [message, commandLine && `  ${commandLine}`, stderr.trimEnd()];
  log.error(withoutSecrets(lines.filter((line) => line !== '').join('\n')));
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
