/** Diagnostics of the files of a workspace that nobody has opened. */
import {
  type CancellationToken,
  type Diagnostic,
  DocumentDiagnosticReportKind,
  type FullDocumentDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { ListedFile } from '../workspace/workspaceFiles.ts';

export interface FileDoor {
  /** libvirt's files that are not open; none where the user wants to hear of open ones only. */
  readonly list: () => Promise<readonly ListedFile[]>;
  /** The diagnostics of a file, or undefined where it can't be read. */
  readonly check: (uri: string) => Promise<Diagnostic[] | undefined>;
  readonly isOpen: (uri: string) => boolean;
}

export class WorkspaceReports {
  readonly #door: FileDoor;

  constructor(door: FileDoor) {
    this.#door = door;
  }

  /** The report of one file, or undefined where it is not among those that are told of. */
  async ofFile(uri: string): Promise<FullDocumentDiagnosticReport | undefined> {
    const isListed = (await this.#door.list()).some((file) => file.uri === uri);
    const items = isListed ? await this.#door.check(uri) : undefined;
    return items && { kind: DocumentDiagnosticReportKind.Full, items };
  }

  /**
   * What is new since the client was told last, and what is gone.
   * @param previous what the client was told last: for each URI the id of the result
   * @param epoch changes with everything that holds for all files
   */
  async news(
    previous: ReadonlyMap<string, string>,
    epoch: string,
    token: CancellationToken,
  ): Promise<WorkspaceDocumentDiagnosticReport[]> {
    const { Full } = DocumentDiagnosticReportKind;
    const gone = new Set(previous.keys());
    const reports: WorkspaceDocumentDiagnosticReport[] = [];
    for (const { uri, stamp } of await this.#door.list()) {
      gone.delete(uri);
      const resultId = `${stamp} ${epoch}`;
      if (previous.get(uri) === resultId) continue;
      const items = await this.#door.check(uri);
      if (token.isCancellationRequested) return [];
      if (items) reports.push({ kind: Full, uri, version: null, resultId, items });
    }
    for (const uri of gone) if (!this.#door.isOpen(uri)) reports.push({ kind: Full, uri, version: null, items: [] });
    return reports;
  }
}
