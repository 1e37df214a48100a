/** Edits of XML text that leave the rest as it was written. */
import type { TextEdit } from '../../server/src/finding.ts';
import { attribute, childElements, textOf } from '../../server/src/xml/query.ts';
import type { XmlElement } from '../../server/src/xml/tree.ts';

/** Escapes what cannot stand in text or in a value of either quote. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll("'", '&apos;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#9;')
    .replaceAll('\r', '&#13;');
}

/** Sets an attribute, whether it is there or not. */
export function setAttribute(element: XmlElement, name: string, value: string): TextEdit {
  const present = attribute(element, name);
  if (present && present.valueStart >= 0)
    return { start: present.valueStart, end: present.valueEnd, newText: escapeXml(value) };
  return { start: element.nameEnd, end: element.nameEnd, newText: ` ${name}='${escapeXml(value)}'` };
}

/** Replaces the content of an element by text; `''` makes it an empty element. */
export function setText(element: XmlElement, text: string): TextEdit {
  const content = text === '' ? '/>' : `>${escapeXml(text)}</${element.name}>`;
  const from = element.selfClosing ? element.startTagEnd - 2 : element.startTagEnd - 1;
  return { start: from, end: element.end, newText: content };
}

/** Removes an element, with its line where nothing else stands on it. */
export function removeElement(text: string, element: XmlElement): TextEdit {
  const lineStart = text.lastIndexOf('\n', element.start - 1) + 1;
  const before = text.slice(lineStart, element.start);
  const [after = ''] = /^[ \t]*\r?\n/.exec(text.slice(element.end)) ?? [];
  const isAlone = before.trim() === '' && after !== '';
  return {
    start: isAlone ? lineStart : element.start,
    end: isAlone ? element.end + after.length : element.end,
    newText: '',
  };
}

/** Inserts a line with an element before another one, indented like it. */
export function insertBefore(text: string, element: XmlElement, xml: string): TextEdit {
  const lineStart = text.lastIndexOf('\n', element.start - 1) + 1;
  const indent = text.slice(lineStart, element.start);
  const separator = indent.trim() === '' ? `\n${indent}` : '';
  return { start: element.start, end: element.start, newText: `${xml}${separator}` };
}

/** Child elements whose text is the same, regardless of blanks and case. */
export function childrenWithText(element: XmlElement, name: string, text: string): XmlElement[] {
  return childElements(element, name).filter((candidate) => textOf(candidate).toLowerCase() === text.toLowerCase());
}
