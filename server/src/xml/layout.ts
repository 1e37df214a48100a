/** How a document is laid out, so that edits look as if its author had made them. */
import { isBlankBetween, lineEnd } from './characters.ts';
import type { Span, XmlDocument, XmlElement } from './tree.ts';

/** What libvirt itself prints. */
const DEFAULT_UNIT = '  ';

/** The offset at which the line of an offset starts. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** The blanks that the line of an offset starts with. */
export function indentation(text: string, offset: number): string {
  const start = lineStart(text, offset);
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return text.slice(start, Math.min(end, Math.max(offset, start)));
}

/** Nothing but blanks stands before the offset in its line. */
export function startsLine(text: string, offset: number): boolean {
  return lineStart(text, offset) + indentation(text, offset).length === offset;
}

/** The document's line break, judged by its first. */
export function lineBreak(text: string): string {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}

/** What one level of nesting is indented by, judged by the first element that stands on a line of its own. */
export function indentationUnit(document: XmlDocument): string {
  const { root, text } = document;
  for (let parent = root; parent; ) {
    const outer = indentation(text, parent.start);
    let inner: XmlElement | null = null;
    for (const child of parent.children) {
      if (child.kind !== 'element') continue;
      inner ??= child;
      const indent = indentation(text, child.start);
      if (startsLine(text, child.start) && indent.length > outer.length && indent.startsWith(outer)) {
        return indent.slice(outer.length);
      }
    }
    parent = inner;
  }
  return DEFAULT_UNIT;
}

/** What the children of an element are indented by: like the first on a line of its own, else one unit deeper than it. */
export function childIndentation(parent: XmlElement, document: XmlDocument): string {
  const { text } = document;
  for (const child of parent.children) {
    if (child.kind === 'element' && startsLine(text, child.start)) return indentation(text, child.start);
  }
  return indentation(text, parent.start) + indentationUnit(document);
}

/** A snippet written with two blanks a level and `\n`, as it reads at an indentation of the document; its first line is not indented. */
export function layOut(xml: string, indent: string, document: XmlDocument): string {
  const unit = indentationUnit(document);
  return xml
    .trim()
    .split(/\r?\n/)
    .map((line, index) => {
      const levels = /^(?: {2})*/.exec(line)?.[0].length ?? 0;
      if (line.trim() === '') return '';
      return (index === 0 ? '' : indent) + unit.repeat(levels / 2) + line.slice(levels);
    })
    .join(lineBreak(document.text));
}

/** The span with its whole line where nothing else stands in it. */
export function withLine(span: Span, text: string): Span {
  const after = lineEnd(text, span.end);
  if (!startsLine(text, span.start) || !isBlankBetween(text, span.end, after)) return span;
  const start = lineStart(text, span.start);
  if (text.startsWith('\r\n', after)) return { start, end: after + 2 };
  if (after < text.length) return { start, end: after + 1 };
  // the last line: its own break goes instead of the one that follows
  const before = text.startsWith('\r\n', start - 2) ? start - 2 : Math.max(start - 1, 0);
  return { start: before, end: span.end };
}

/** The end of an element, or of the comments that follow it in its line and are likely about it. */
export function endWithRemarks(element: XmlElement, document: XmlDocument): number {
  const { text, comments } = document;
  const end = lineEnd(text, element.end);
  let at = element.end;
  for (const comment of comments) {
    if (comment.start >= at && comment.end <= end && text.slice(at, comment.start).trim() === '') at = comment.end;
  }
  return text.slice(at, end).trim() === '' ? at : element.end;
}
