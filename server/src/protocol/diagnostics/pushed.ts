/** Diagnostics for clients that can't pull: told after every change. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DiagnosedDocuments, DocumentDiagnostics } from './documentDiagnostics.ts';
import { Publisher } from './publisher.ts';

export class PushedDiagnostics implements DocumentDiagnostics {
  readonly #documents: DiagnosedDocuments;
  readonly #publisher: Publisher;
  /** Documents whose diagnostics the client holds. */
  readonly #shown = new Set<string>();

  constructor(documents: DiagnosedDocuments) {
    this.#documents = documents;
    this.#publisher = new Publisher((document, when) => this.#publish(document, when), documents.log);
  }

  changed(document: TextDocument): void {
    this.#publisher.changed(document);
  }

  closed(document: TextDocument): void {
    this.#publisher.closed(document);
    const { connection } = this.#documents;
    if (this.#shown.delete(document.uri)) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  }

  allChanged(): void {
    for (const document of this.#documents.all()) this.changed(document);
  }

  /** Of files that are not open nothing is pushed. */
  filesChanged(): void {}

  #publish(document: TextDocument, when: 'at-once' | 'whole'): boolean {
    const { connection, read, toDiagnostics, tellsProjectFile } = this.#documents;
    if (tellsProjectFile(document)) return true;
    const open = read(document);
    // A file that is not ours is told of only once it has stopped to be ours.
    if (!open && !this.#shown.delete(document.uri)) return true;
    if (open) this.#shown.add(document.uri);
    const atOnce = when === 'at-once' ? open?.findingsAtOnce : undefined;
    const diagnostics = toDiagnostics(document, atOnce ? atOnce.findings : (open?.findings ?? []));
    void connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics });
    return atOnce?.isWhole ?? true;
  }
}
