/** Read-only documents out of memory: the plan of a clone, the definition on a host, the XML of a running guest. */
import * as vscode from 'vscode';

/** The scheme of documents that only show something: no command takes one for a file of the user's. */
export const SHOWN_SCHEME = 'virtlint';
/** The oldest beyond this many is forgotten. A preview reads its document again whenever it comes into view, so closing is no sign. */
const KEPT = 20;

export class MemoryDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;

  /** Keeps a text under a name, which the editor's tab shows. A later text of the same host and name replaces it. */
  put(host: string, name: string, text: string): vscode.Uri {
    const path = ['', host, name].map((part) => part.replaceAll('/', '∕')).join('/');
    const uri = vscode.Uri.from({ scheme: SHOWN_SCHEME, path });
    const key = uri.toString();
    this.texts.delete(key);
    this.texts.set(key, text);
    for (const oldest of [...this.texts.keys()].slice(0, -KEPT)) this.texts.delete(oldest);
    this.changed.fire(uri);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.texts.get(uri.toString()) ??
      vscode.l10n.t('This was shown once. Run the command again to see how it is now.')
    );
  }

  dispose(): void {
    this.changed.dispose();
  }
}
