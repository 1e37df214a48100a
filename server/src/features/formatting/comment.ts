/** A comment of several lines moves as a whole: its lines stay below each other as they are. */
import type { TextEdit } from '../../finding.ts';
import { lineEnd } from '../../xml/characters.ts';
import type { XmlComment } from '../../xml/tree.ts';

/** The edits that move the further lines of a comment along with its first, by the indentation of that. */
export function commentEdits(
  { start, end }: XmlComment,
  { from, to }: { readonly from: string; readonly to: string },
  text: string,
): TextEdit[] {
  if (from === to) return [];
  const edits: TextEdit[] = [];
  for (let at = text.indexOf('\n', start) + 1; at > 0 && at < end; at = text.indexOf('\n', at) + 1) {
    const isBlank = text.slice(at, lineEnd(text, at)).trim() === '';
    // A line further left than the first has a place of its own.
    if (!isBlank && text.startsWith(from, at)) edits.push({ start: at, end: at + from.length, newText: to });
  }
  return edits;
}
