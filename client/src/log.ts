/** The log of the extension: every command sent to a host, with its outcome, and what went wrong. */
import * as vscode from 'vscode';
import type { LogEntry } from '../../virsh/src/index.ts';

export type Log = vscode.LogOutputChannel;

export function createLog(): Log {
  return vscode.window.createOutputChannel('Virtlint', { log: true });
}

/** One line a command; its error text below it. */
export function logCommand(log: Log, entry: LogEntry): void {
  const outcome =
    entry.exitCode === 0 ? 'ok' : entry.exitCode === null ? 'ended by a signal' : `exit ${entry.exitCode}`;
  log.info(`[${entry.connection}] ${entry.commandLine} (${outcome}, ${entry.milliseconds} ms)`);
  if (entry.stderr.trim() !== '') log.info(entry.stderr.trimEnd());
}
