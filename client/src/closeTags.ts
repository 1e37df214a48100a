/** Closes tags while somebody types: the server says with what, as a snippet that leaves the cursor between them. */
import * as vscode from 'vscode';
import type { BaseLanguageClient, StaticFeature } from 'vscode-languageclient';

/** What is asked about. */
const CLOSING = new Set(['>', '/']);

/** Tells the server that this client asks, so that it does not close tags by itself. */
export const asksToCloseTags: StaticFeature = {
  fillClientCapabilities(capabilities) {
    capabilities.experimental = { ...capabilities.experimental, closeTag: true };
  },
  initialize: () => undefined,
  getState: () => ({ kind: 'static' }),
  clear: () => undefined,
};

/** Follows what is typed in the documents that the server serves. */
export function closeTags(
  client: BaseLanguageClient,
  isServed: (document: vscode.TextDocument) => boolean,
): vscode.Disposable {
  return vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
    const [change, ...others] = contentChanges;
    const isTyped = change && others.length === 0 && CLOSING.has(change.text) && reason === undefined;
    if (!isTyped || vscode.window.activeTextEditor?.document !== document) return;
    if (!isServed(document) || !vscode.workspace.getConfiguration('libvirt', document).get('autoCloseTags')) return;
    void close(client, document, change.range.start.translate(0, 1));
  });
}

async function close(client: BaseLanguageClient, document: vscode.TextDocument, at: vscode.Position): Promise<void> {
  const { version } = document;
  const params = client.code2ProtocolConverter.asTextDocumentPositionParams(document, at);
  const snippet = await client.sendRequest<string | null>('virtlint/closeTag', params);
  const editor = vscode.window.activeTextEditor;
  // Somebody who has typed on meanwhile is not interrupted.
  if (snippet === null || editor?.document !== document || document.version !== version) return;
  await editor.insertSnippet(new vscode.SnippetString(snippet), at);
  // Some windows leave the cursor behind what was inserted, as after any edit at its place.
  const isBetween = snippet.startsWith('$0');
  if (isBetween && document.version === version + 1) editor.selection = new vscode.Selection(at, at);
}
