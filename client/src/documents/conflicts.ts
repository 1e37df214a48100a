/** Conflicts in a document of a host: VS Code's own buttons for them stand in files only. */
import * as vscode from 'vscode';
import { type Conflict, findConflicts } from '../../../virsh/src/index.ts';

export type Side = 'yours' | 'theirs' | 'both';

/** The buttons above each conflict. */
export function conflictLenses(document: vscode.TextDocument): readonly vscode.CodeLens[] {
  return findConflicts(document.getText()).flatMap(({ start }) => {
    const button = (title: string, side: Side): vscode.CodeLens =>
      new vscode.CodeLens(new vscode.Range(start, 0, start, 0), {
        title,
        command: 'libvirt.resolveConflict',
        arguments: [document.uri, start, side],
      });
    return [
      button(vscode.l10n.t('Take Yours'), 'yours'),
      button(vscode.l10n.t('Take the Host’s'), 'theirs'),
      button(vscode.l10n.t('Take Both'), 'both'),
    ];
  });
}

/** Leaves one side of the conflict that starts in a line, or both, and takes its markers away. */
export async function resolveConflict(uri: vscode.Uri, line: number, side: Side): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(uri);
  const conflict = findConflicts(document.getText()).find(({ start }) => start === line);
  if (!conflict) return false;
  const edit = new vscode.WorkspaceEdit();
  for (const [from, to] of goingLines(conflict, side)) edit.delete(uri, new vscode.Range(from, 0, to, 0));
  return vscode.workspace.applyEdit(edit);
}

/** From each first line up to, but not including, the second. */
function goingLines({ start, middle, end }: Conflict, side: Side): readonly (readonly [number, number])[] {
  switch (side) {
    case 'yours':
      return [
        [start, start + 1],
        [middle, end + 1],
      ];
    case 'theirs':
      return [
        [start, middle + 1],
        [end, end + 1],
      ];
    case 'both':
      return [
        [start, start + 1],
        [middle, middle + 1],
        [end, end + 1],
      ];
  }
}

/** Gives a document the text with both answers. False where somebody types at that very moment: VS Code changes nothing then. */
export async function replaceText(document: vscode.TextDocument, text: string): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  try {
    return await vscode.workspace.applyEdit(edit);
  } catch {
    return false;
  }
}
