/** Read-only documents of one scheme: the first that is asked for wakes the rest of the extension, which has the texts. */
import * as vscode from 'vscode';

export class AwaitedTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #wake: () => Promise<vscode.TextDocumentContentProvider>;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  #following: vscode.Disposable | undefined;
  readonly onDidChange = this.#changed.event;

  constructor(scheme: string, wake: () => Promise<vscode.TextDocumentContentProvider>) {
    this.#wake = wake;
    // After the event: who registers is asked for it at once, and without one a document that is open would stay as it was.
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  async provideTextDocumentContent(
    uri: vscode.Uri,
    token: vscode.CancellationToken,
  ): Promise<string | undefined | null> {
    const texts = await this.#wake();
    this.#following ??= texts.onDidChange?.((changed) => this.#changed.fire(changed));
    return texts.provideTextDocumentContent(uri, token);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#following?.dispose();
    this.#changed.dispose();
  }
}
