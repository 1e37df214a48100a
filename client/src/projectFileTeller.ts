/**
 * Tells the server the project files of documents beside which it reads no files itself: in a browser, or on a file system that an extension
 * provides. They are looked for as the server does, in the folder of a document and above, up to the folder that is open.
 */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

export const PROJECT_FILE = '.virtlint.json';

export class ProjectFileTeller implements vscode.Disposable {
  /** By address; undefined where there is none. */
  private readonly texts = new Map<string, string | undefined>();
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(
    private readonly client: Pick<BaseLanguageClient, 'sendNotification'>,
    private readonly concerns: (document: vscode.TextDocument) => boolean,
  ) {
    const watcher = vscode.workspace.createFileSystemWatcher(`**/${PROJECT_FILE}`);
    const readAnew = (file: vscode.Uri): void => {
      if (this.texts.has(file.toString())) void this.read([file]);
    };
    this.subscriptions = [
      watcher,
      watcher.onDidCreate(readAnew),
      watcher.onDidChange(readAnew),
      watcher.onDidDelete(readAnew),
      vscode.workspace.onDidOpenTextDocument((document) => this.look(document)),
    ];
    for (const document of vscode.workspace.textDocuments) this.look(document);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private look(document: vscode.TextDocument): void {
    if (!this.concerns(document)) return;
    const places = projectFilesAbove(document.uri).filter((file) => !this.texts.has(file.toString()));
    if (places.length > 0) void this.read(places);
  }

  private async read(files: readonly vscode.Uri[]): Promise<void> {
    const before = files.map((file) => this.texts.get(file.toString()));
    const now = await Promise.all(files.map(textOf));
    files.forEach((file, index) => {
      this.texts.set(file.toString(), now[index]);
    });
    if (now.some((text, index) => text !== before[index])) await this.tell();
  }

  private tell(): Promise<void> {
    const files = [...this.texts].flatMap(([uri, text]) => (text === undefined ? [] : [{ uri, text }]));
    return this.client.sendNotification('virtlint/projectFiles', { files });
  }
}

/** Where a project file would lie, nearest first. A document outside of the folders that are open has none. */
function projectFilesAbove(document: vscode.Uri): vscode.Uri[] {
  const top = vscode.workspace.getWorkspaceFolder(document)?.uri;
  if (!top) return [];
  const places: vscode.Uri[] = [];
  let folder = document;
  do {
    folder = vscode.Uri.joinPath(folder, '..');
    places.push(vscode.Uri.joinPath(folder, PROJECT_FILE));
  } while (folder.path.length > top.path.length);
  return places;
}

async function textOf(file: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return undefined; // none there, or none that may be read
  }
}
