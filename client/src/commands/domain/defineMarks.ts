/** Marks what libvirt made of a definition: what it refused is an error, what it dropped a warning, what it changed an information. */
import * as vscode from 'vscode';
import { compareDefinition, type Difference, locateFailure, type VirshFailure } from '../../../../virsh/src/index.ts';

const SEVERITY: Readonly<Record<Difference['kind'], vscode.DiagnosticSeverity>> = {
  dropped: vscode.DiagnosticSeverity.Warning,
  changed: vscode.DiagnosticSeverity.Information,
  added: vscode.DiagnosticSeverity.Hint,
};

export class DefineMarks implements vscode.Disposable {
  private readonly marks = vscode.languages.createDiagnosticCollection('virtlint-define');
  private readonly disposables: readonly vscode.Disposable[] = [
    this.marks,
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) this.marks.delete(document.uri);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.marks.delete(uri)),
  ];

  /** Marks the differences in a document with the text that was sent; returns how many. They stay until the next edit. */
  showInSent(document: vscode.TextDocument, storedXml: string): number {
    return this.show(document, surprises(document.getText(), storedXml));
  }

  /** Marks them where a document with the stored text has them, or lacks them; each leads to its place in the sent one. */
  showInStored(document: vscode.TextDocument, sent: vscode.TextDocument): number {
    const told = surprises(sent.getText(), document.getText());
    return this.show(
      document,
      told.map((difference) => ({ ...difference, ...difference.stored })),
      (index) => {
        const from = told[index];
        const place = from && new vscode.Location(sent.uri, rangeOf(sent, from));
        return place ? [new vscode.DiagnosticRelatedInformation(place, vscode.l10n.t('What was sent'))] : [];
      },
    );
  }

  /** Marks what a failure is about; the first place, or undefined where the document has none. It stays until the next edit. */
  showFailure(document: vscode.TextDocument, { place, message }: VirshFailure): vscode.Range | undefined {
    const ranges = place ? locateFailure(document.getText(), place).map((span) => rangeOf(document, span)) : [];
    const mark = (range: vscode.Range): vscode.Diagnostic => {
      const found = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
      found.source = 'libvirt';
      return found;
    };
    this.marks.set(document.uri, ranges.map(mark));
    return ranges[0];
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private show(
    document: vscode.TextDocument,
    differences: readonly Difference[],
    related: (index: number) => vscode.DiagnosticRelatedInformation[] = () => [],
  ): number {
    this.marks.set(
      document.uri,
      differences.map((difference, index) => {
        const { message, kind } = difference;
        const mark = new vscode.Diagnostic(rangeOf(document, difference), message, SEVERITY[kind]);
        mark.source = 'libvirt';
        mark.code = kind;
        mark.relatedInformation = related(index);
        return mark;
      }),
    );
    return differences.length;
  }
}

/** The differences but for libvirt's usual completions. */
function surprises(sent: string, stored: string): readonly Difference[] {
  return compareDefinition(sent, stored).filter(({ usual }) => !usual);
}

function rangeOf(document: vscode.TextDocument, { start, end }: Pick<Difference, 'start' | 'end'>): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
