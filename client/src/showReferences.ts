/** What a lens does when it is clicked: the references that the server has counted, in the editor's own view of references. */
import * as vscode from 'vscode';
import type { Location, Position } from 'vscode-languageclient';

export const SHOW_REFERENCES = 'virtlint.showReferences';

export function showReferences(uri: string, at: Position, places: readonly Location[]): Thenable<unknown> {
  const position = ({ line, character }: Position) => new vscode.Position(line, character);
  const locations = places.map(
    ({ uri: place, range }) =>
      new vscode.Location(vscode.Uri.parse(place), new vscode.Range(position(range.start), position(range.end))),
  );
  return vscode.commands.executeCommand('editor.action.showReferences', vscode.Uri.parse(uri), position(at), locations);
}
