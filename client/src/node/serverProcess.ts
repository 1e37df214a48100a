/** The language server as a process of its own, which reads files by itself. */
import path from 'node:path';
import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { ServerKind } from '../language.ts';

export function serverProcess(extension: vscode.ExtensionContext): ServerKind {
  const module = path.join(extension.extensionPath, 'dist', 'server.js');
  return {
    client: (options) => new LanguageClient('virtlint', 'Virtlint', { module, transport: TransportKind.ipc }, options),
    reads: 'file',
  };
}
