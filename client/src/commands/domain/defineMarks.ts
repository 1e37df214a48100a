/** Marks in the file what libvirt made of it: what it dropped is a warning, what it changed an information. */
import * as vscode from 'vscode';
import { compareDefinition, type Difference } from '../../../../virsh/src/index.ts';

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

  /** Marks the differences to the stored definition, but for libvirt's usual completions; returns how many. They stay until the next edit. */
  show(document: vscode.TextDocument, storedXml: string): number {
    const shown = compareDefinition(document.getText(), storedXml).filter(({ usual }) => !usual);
    this.marks.set(
      document.uri,
      shown.map(({ start, end, message, kind }) => {
        const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
        const mark = new vscode.Diagnostic(range, message, SEVERITY[kind]);
        mark.source = 'libvirt';
        mark.code = kind;
        return mark;
      }),
    );
    return shown.length;
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }
}
