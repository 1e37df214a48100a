/** How diagnostics reach a client: it pulls them if it can, else they are pushed. Never both. */
import type { Connection, Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../../finding.ts';
import type { OpenDocument } from '../documents.ts';
import type { Log } from '../guard.ts';

export interface DocumentDiagnostics {
  /** A document was opened or edited. */
  changed(document: TextDocument): void;
  closed(document: TextDocument): void;
  /** What holds for all documents has changed: settings, a project file. */
  allChanged(): void;
  /** Files of the workspace have changed on the disk. */
  filesChanged(): void;
}

/** What both ways need of the server. */
export interface DiagnosedDocuments {
  readonly connection: Connection;
  readonly log: Log;
  /** Every document that is open, one of libvirt's or not. */
  all(): readonly TextDocument[];
  /** A document as one of libvirt's, or undefined where it is none. */
  read(document: TextDocument): OpenDocument | undefined;
  /** Tells of a project file, if the document is one: its diagnostics are pushed always, for they are told of closed ones as well. */
  tellsProjectFile(document: TextDocument): boolean;
  toDiagnostics(document: TextDocument, findings: readonly Finding[]): Diagnostic[];
}
