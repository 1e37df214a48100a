/** What can be folded away: elements, comments and regions of more than one line. */
import { ownLineIndent } from '../xml/characters.ts';
import { LineIndex } from '../xml/positions.ts';
import { descendants } from '../xml/query.ts';
import type { XmlComment, XmlDocument } from '../xml/tree.ts';
import { elementName } from './elementNames.ts';

export interface FoldingRange {
  /** Lines from 0; the first stays visible. */
  readonly startLine: number;
  readonly endLine: number;
  readonly kind: 'element' | 'comment' | 'region';
  /** What may stand for that which is folded: "Disk vda (virtio) /vm.qcow2". */
  readonly collapsedText: string;
}

/** In document order, at most one that starts on a line: the longest. The line of an end tag stays visible. */
export function foldingRanges(document: XmlDocument): FoldingRange[] {
  const lines = new LineIndex(document.text);
  const lineOf = (offset: number): number => lines.position(offset).line;
  const byLine = new Map<number, FoldingRange>();
  for (const range of [...elements(document, lineOf), ...comments(document, lineOf), ...regions(document, lineOf)]) {
    const known = byLine.get(range.startLine);
    if (!known || known.endLine < range.endLine) byLine.set(range.startLine, range);
  }
  return [...byLine.values()].sort((a, b) => a.startLine - b.startLine);
}

type LineOf = (offset: number) => number;

function* elements({ root, text }: XmlDocument, lineOf: LineOf): Generator<FoldingRange> {
  for (const element of root ? descendants(root) : []) {
    const closing = element.endTagStart;
    const startLine = lineOf(element.start);
    const endLine = closing >= 0 && ownLineIndent(text, closing) >= 0 ? lineOf(closing) - 1 : lineOf(element.end);
    if (endLine <= startLine) continue;
    const { name, detail } = elementName(element);
    yield { startLine, endLine, kind: 'element', collapsedText: detail ? `${name} ${detail}` : name };
  }
}

function* comments({ text, comments: all }: XmlDocument, lineOf: LineOf): Generator<FoldingRange> {
  for (const comment of all) {
    const [startLine, endLine] = [lineOf(comment.start), lineOf(comment.end)];
    const [first = ''] = inside(comment, text).split(/\r?\n/);
    if (endLine > startLine) yield { startLine, endLine, kind: 'comment', collapsedText: `<!-- ${first} … -->` };
  }
}

/** From `<!-- #region name -->` to `<!-- #endregion -->`; they nest. */
function* regions({ text, comments: all }: XmlDocument, lineOf: LineOf): Generator<FoldingRange> {
  const open: { readonly startLine: number; readonly name: string }[] = [];
  for (const comment of all) {
    const found = /^#(?<end>end)?region\b\s*(?<name>.*)/.exec(inside(comment, text))?.groups;
    const line = found && lineOf(comment.start);
    if (line === undefined) continue;
    if (found?.end === undefined) open.push({ startLine: line, name: found?.name ?? '' });
    else {
      const begun = open.pop();
      if (begun && line > begun.startLine)
        yield { startLine: begun.startLine, endLine: line, kind: 'region', collapsedText: begun.name };
    }
  }
}

function inside({ start, end }: XmlComment, text: string): string {
  return text
    .slice(start + '<!--'.length, end)
    .replace(/-->$/, '')
    .trim();
}
