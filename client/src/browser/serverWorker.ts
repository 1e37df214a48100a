/** The language server as a worker of the browser. */
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import type { ServerKind } from '../language.ts';
import { answerForWorkspaceFiles } from './workspaceFiles.ts';

export function serverWorker(extension: vscode.ExtensionContext): ServerKind {
  const address = (file: string) => vscode.Uri.joinPath(extension.extensionUri, 'dist', file).toString(true);
  return {
    client: async (options) => {
      const worker = new Worker(address('browser/server.js'));
      // Before all else the worker is told where the texts lie that it will read.
      worker.postMessage(`${address('')}/`);
      const client = new LanguageClient('virtlint', 'Virtlint', worker, options);
      answerForWorkspaceFiles(client);
      return client;
    },
  };
}
