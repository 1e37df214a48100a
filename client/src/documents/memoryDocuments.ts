/** Read-only documents out of memory: plans, definitions read from a host, rule pages. */
import * as vscode from 'vscode';

const SCHEME = 'virtlint';

export class MemoryDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly contents = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly disposables: vscode.Disposable[];
  readonly onDidChange = this.changed.event;

  constructor() {
    this.disposables = [
      this.changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === SCHEME) this.contents.delete(uri.toString());
      }),
    ];
  }

  /**
   * Keeps a text under a path, which the editor's tab shows: `/pool/vm1.xml`. A later text of the same path replaces it.
   * It is forgotten when its editor is closed.
   */
  put(path: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: path.startsWith('/') ? path : `/${path}` });
    this.contents.set(uri.toString(), text);
    this.changed.fire(uri);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.contents.get(uri.toString()) ?? 'This text was only shown once. Run the command again to see it.';
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }
}
