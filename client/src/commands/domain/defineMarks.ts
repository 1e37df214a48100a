/** Marks in the file what libvirt made of it: what it dropped is a warning, what it changed an information. */
import * as vscode from 'vscode';
import { compareDefinition, type Difference } from '../../../../virsh/src/index.ts';

const SEVERITY: Readonly<Record<Difference['kind'], vscode.DiagnosticSeverity>> = {
  dropped: vscode.DiagnosticSeverity.Warning,
  changed: vscode.DiagnosticSeverity.Information,
  added: vscode.DiagnosticSeverity.Hint,
};

let marks: vscode.DiagnosticCollection | undefined;

/** Marks the differences to the stored definition, but for libvirt's usual completions; returns how many. They stay until the next edit. */
export function markDifferences(document: vscode.TextDocument, storedXml: string): number {
  const shown = compareDefinition(document.getText(), storedXml).filter(({ usual }) => !usual);
  collection().set(
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

function collection(): vscode.DiagnosticCollection {
  if (marks) return marks;
  const made = vscode.languages.createDiagnosticCollection('virtlint-define');
  vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length > 0) made.delete(document.uri);
  });
  vscode.workspace.onDidCloseTextDocument(({ uri }) => made.delete(uri));
  marks = made;
  return made;
}
