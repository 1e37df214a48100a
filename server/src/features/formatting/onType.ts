/** What is laid out while somebody types. */

import { entityAt } from '../../domain/entityAt.ts';
import type { TextEdit } from '../../finding.ts';
import { lineEnd, skipBlanks } from '../../xml/characters.ts';
import { lineStart } from '../../xml/layout.ts';
import type { XmlDocument, XmlElement } from '../../xml/tree.ts';
import { format } from './format.ts';
import type { FormattingStyle } from './style.ts';

/** Behind the `>` of an end tag or an empty element: the lines of the element. */
export function formatClosed(document: XmlDocument, offset: number, style: FormattingStyle): TextEdit[] {
  const element = endingAt(document.root, offset);
  return element ? format(document, style, { start: element.start, end: element.end }) : [];
}

/** On a new line: its indentation, by the elements that it stands in. Nothing inside of text, tags and comments. */
export function indentLine(document: XmlDocument, offset: number, style: FormattingStyle): TextEdit[] {
  const { text } = document;
  const entity = entityAt(document, offset);
  if (entity.kind !== 'content' || !entity.element) return [];
  const { element } = entity;
  if (element.children.some((node) => node.kind === 'text' && node.value.trim() !== '')) return [];
  const start = lineStart(text, offset);
  const end = lineEnd(text, start);
  const from = Math.min(skipBlanks(text, start), end);
  const isClosed = text.startsWith('</', from);
  const wanted = indentOf(element, text) + (isClosed ? '' : style.unit);
  return text.slice(start, from) === wanted ? [] : [{ start, end: from, newText: wanted }];
}

function indentOf({ start }: XmlElement, text: string): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, start), start))?.[0] ?? '';
}

function endingAt(root: XmlElement | null, offset: number): XmlElement | undefined {
  for (let at = root; at; ) {
    if (at.end === offset) return at;
    at =
      at.children.find(
        (node): node is XmlElement => node.kind === 'element' && node.start < offset && offset <= node.end,
      ) ?? null;
  }
  return undefined;
}
