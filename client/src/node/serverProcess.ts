/** The language server as a process of its own, which reads files by itself. */
import path from 'node:path';
import type * as vscode from 'vscode';
import type { ServerKind } from '../language.ts';
import { serverEnvironment } from './serverEnvironment.ts';

export function serverProcess(extension: vscode.ExtensionContext): ServerKind {
  const module = path.join(extension.extensionPath, 'dist', 'server.js');
  return {
    client: async (options) => {
      // Half of the client's code, in a bundle of its own: windows without documents of libvirt never load it.
      const { LanguageClient, TransportKind } = await import('vscode-languageclient/node');
      const server = { module, transport: TransportKind.ipc, options: { env: serverEnvironment } };
      return new LanguageClient('virtlint', 'Virtlint', server, options);
    },
    reads: 'file',
  };
}
