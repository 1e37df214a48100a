/** Diagnostics for clients that pull: of a document when they want them, of the workspace as long as they wait for news. */
import {
  type CancellationToken,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { guardedAsync } from '../guard.ts';
import type { DiagnosedDocuments, DocumentDiagnostics } from './documentDiagnostics.ts';
import { Pauses } from './pauses.ts';
import type { WorkspaceReports } from './workspaceReports.ts';

/** What is announced to a client that pulls. */
export const pullCapability = { identifier: 'virtlint', interFileDependencies: false, workspaceDiagnostics: true };

const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

export class PulledDiagnostics implements DocumentDiagnostics {
  readonly #documents: DiagnosedDocuments;
  readonly #workspace: WorkspaceReports;
  /** The client can be asked to pull anew: what is not whole at once can follow. */
  readonly #canRefresh: boolean;
  readonly #pauses = new Pauses();
  /** Changes with everything that holds for all documents. */
  #epoch = 0;
  /** Tells documents of one URI apart that are opened one after the other, each with versions from 1. */
  readonly #openings = new WeakMap<TextDocument, number>();
  #opening = 0;
  readonly #waiting = new Set<() => void>();

  constructor(documents: DiagnosedDocuments, workspace: WorkspaceReports, canRefresh: boolean) {
    this.#documents = documents;
    this.#workspace = workspace;
    this.#canRefresh = canRefresh;
    const { connection, log } = documents;
    const { diagnostics } = connection.languages;
    diagnostics.on(
      guardedAsync(log, 'diagnostic', nothing, ({ textDocument, previousResultId }) =>
        this.#report(textDocument.uri, previousResultId),
      ),
    );
    diagnostics.onWorkspace((params, token, _work, progress) =>
      this.#workspaceReport(params, token, progress !== undefined).catch((fault) => {
        log.error(`workspace diagnostic: ${String(fault)}`);
        return { items: [] };
      }),
    );
  }

  /** The client asks by itself; what it was told before the pause is old now. */
  changed(document: TextDocument): void {
    this.#pauses.end(document.uri);
    this.#documents.tellsProjectFile(document);
  }

  /** From now on the file is what counts. */
  closed(document: TextDocument): void {
    this.#pauses.end(document.uri);
    this.filesChanged();
  }

  allChanged(): void {
    this.#epoch++;
    for (const document of this.#documents.all()) this.changed(document);
    if (this.#canRefresh) this.#refresh();
    this.filesChanged();
  }

  filesChanged(): void {
    for (const resume of this.#waiting) resume();
    this.#waiting.clear();
  }

  async #report(uri: string, previous: string | undefined): Promise<DocumentDiagnosticReport> {
    const document = this.#documents.all().find((one) => one.uri === uri);
    if (!document) return (await this.#workspace.ofFile(uri)) ?? nothing;
    if (this.#documents.tellsProjectFile(document)) return nothing;
    const open = this.#documents.read(document);
    if (!open) return nothing;
    const { findings, isWhole } = this.#canRefresh ? open.findingsAtOnce : { findings: open.findings, isWhole: true };
    if (!isWhole) {
      this.#pauses.begin(uri, () => {
        // Worked out now, so that the next pull finds it.
        void open.findings;
        this.#refresh();
      });
    }
    const resultId = `${this.#openingOf(document)} ${document.version} ${this.#epoch} ${isWhole}`;
    if (resultId === previous) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    const items = this.#documents.toDiagnostics(document, findings);
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  }

  #refresh(): void {
    const { connection, log } = this.#documents;
    connection.languages.diagnostics.refresh().catch((fault) => log.error(`refreshing diagnostics: ${String(fault)}`));
  }

  #openingOf(document: TextDocument): number {
    const known = this.#openings.get(document) ?? ++this.#opening;
    this.#openings.set(document, known);
    return known;
  }

  /** With nothing new to tell, a client that takes partial results is kept waiting until there is, as LSP has it: it would ask again at once. */
  async #workspaceReport(
    { previousResultIds }: WorkspaceDiagnosticParams,
    token: CancellationToken,
    waits: boolean,
  ): Promise<WorkspaceDiagnosticReport> {
    const previous = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    while (!token.isCancellationRequested) {
      const items = await this.#workspace.news(previous, String(this.#epoch), token);
      if (items.length > 0 || !waits) return { items };
      await this.#news(token);
    }
    return { items: [] };
  }

  #news(token: CancellationToken): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
      token.onCancellationRequested(() => {
        this.#waiting.delete(resolve);
        resolve();
      });
    });
  }
}
