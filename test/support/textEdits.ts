/** What a client does with edits that a server gives. */
import type { TextEdit } from 'vscode-languageserver/node';
import { applyEdits } from '../../server/src/finding.ts';
import { LineIndex } from '../../server/src/xml/positions.ts';

export function withEdits(text: string, edits: readonly TextEdit[]): string {
  const lines = new LineIndex(text);
  return applyEdits(
    text,
    edits.map(({ range, newText }) => ({ start: lines.offset(range.start), end: lines.offset(range.end), newText })),
  );
}
