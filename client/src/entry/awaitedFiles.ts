/** The documents of hosts: the first that is asked for wakes the rest of the extension, which reads and writes them. */
import * as vscode from 'vscode';
import { HOST_SCHEME } from '../documents/hostUri.ts';

export class AwaitedFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #wake: () => Promise<vscode.FileSystemProvider>;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #registration: vscode.Disposable;
  #following: vscode.Disposable | undefined;
  readonly onDidChangeFile = this.#changed.event;

  constructor(wake: () => Promise<vscode.FileSystemProvider>) {
    this.#wake = wake;
    this.#registration = vscode.workspace.registerFileSystemProvider(HOST_SCHEME, this, { isCaseSensitive: true });
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.#awake()).stat(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.#awake()).readFile(uri);
  }

  async writeFile(
    uri: vscode.Uri,
    content: Uint8Array,
    options: { create: boolean; overwrite: boolean },
  ): Promise<void> {
    return (await this.#awake()).writeFile(uri, content, options);
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return (await this.#awake()).readDirectory(uri);
  }

  async createDirectory(uri: vscode.Uri): Promise<void> {
    return (await this.#awake()).createDirectory(uri);
  }

  async delete(uri: vscode.Uri, options: { recursive: boolean }): Promise<void> {
    return (await this.#awake()).delete(uri, options);
  }

  async rename(from: vscode.Uri, to: vscode.Uri, options: { overwrite: boolean }): Promise<void> {
    return (await this.#awake()).rename(from, to, options);
  }

  /** Whoever reads them tells of all changes, asked or not. */
  watch(): vscode.Disposable {
    return { dispose: () => undefined };
  }

  dispose(): void {
    this.#registration.dispose();
    this.#following?.dispose();
    this.#changed.dispose();
  }

  async #awake(): Promise<vscode.FileSystemProvider> {
    const files = await this.#wake();
    this.#following ??= files.onDidChangeFile((changes) => this.#changed.fire(changes));
    return files;
  }
}
