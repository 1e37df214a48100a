/** The blanks inside a start tag. Quotes and values stay as they are. */
import type { TextEdit } from '../../finding.ts';
import { isBlankBetween } from '../../xml/characters.ts';
import { attributeSpan } from '../../xml/query.ts';
import type { XmlDocument, XmlElement } from '../../xml/tree.ts';

/**
 * One blank between attributes, none around `=` and before the end; what starts a line of its own keeps it, below the first
 * attribute. Nothing for a tag with anything wrong in it.
 * @param indent what the tag's line starts with; undefined where the tag does not start it
 */
export function startTagEdits(
  element: XmlElement,
  indent: string | undefined,
  unit: string,
  document: XmlDocument,
): TextEdit[] {
  const { text } = document;
  const { attributes, nameEnd, startTagEnd, selfClosing } = element;
  const tail = startTagEnd - (selfClosing ? '/>' : '>').length;
  const edits: TextEdit[] = [];
  const firstIsBelow = hasBreak(text.slice(nameEnd, attributes[0]?.nameStart ?? nameEnd));
  const column = firstIsBelow ? unit : ' '.repeat(nameEnd - element.start + 1);
  let at = nameEnd;
  for (const attribute of attributes) {
    const { nameStart, nameEnd: end, equals, valueStart, quote, closed } = attribute;
    const before = text.slice(at, nameStart);
    if (before === '' || !isBlankBetween(text, at, nameStart) || equals < 0 || quote === '' || !closed) return [];
    const below = hasBreak(before) && indent !== undefined;
    const wanted = below ? lineBreakIn(before) + indent + column : hasBreak(before) ? before : ' ';
    const around = [
      { start: at, end: nameStart, newText: wanted },
      { start: end, end: equals, newText: '' },
      { start: equals + 1, end: valueStart - 1, newText: '' },
    ];
    edits.push(...around);
    at = attributeSpan(attribute).end;
  }
  edits.push({ start: at, end: tail, newText: '' });
  const isSound = edits.every(({ start, end }) => start <= end && isBlankBetween(text, start, end));
  return isSound ? edits.filter(({ start, end, newText }) => text.slice(start, end) !== newText) : [];
}

function hasBreak(blanks: string): boolean {
  return /[\r\n]/.test(blanks);
}

function lineBreakIn(blanks: string): string {
  return blanks.includes('\r\n') ? '\r\n' : '\n';
}
