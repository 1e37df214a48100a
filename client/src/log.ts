/** The log of the extension: every command sent to a host, with its outcome, and what went wrong. */
import * as vscode from 'vscode';
import type { LogEntry } from '../../virsh/src/index.ts';

export type Log = vscode.LogOutputChannel;

export function createLog(): Log {
  return vscode.window.createOutputChannel('Virtlint', { log: true });
}

/** One line a command; its error text below it. */
export function logCommand(log: Log, { connection, commandLine, exitCode, milliseconds, stderr }: LogEntry): void {
  const outcome = exitCode === 0 ? 'ok' : exitCode === null ? 'stopped' : `exit ${exitCode}`;
  log.info(`[${connection}] ${commandLine} (${outcome}, ${milliseconds} ms)`);
  if (stderr.trim() !== '') log.info(stderr.trimEnd());
}
