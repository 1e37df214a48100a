/** The log of the extension: every command sent to a host, with its outcome, and what went wrong. */
import * as vscode from 'vscode';

export type Log = vscode.LogOutputChannel;

export function createLog(): Log {
  return vscode.window.createOutputChannel('Virtlint', { log: true });
}
