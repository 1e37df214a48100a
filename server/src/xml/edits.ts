/**
 * Edits to a document that keep its quotes, indentation and line breaks.
 * Snippets are given with two blanks a level and `\n`; they are laid out as the document is.
 * The edits that one call returns do not overlap. Two calls that open the same self-closing parent do: give both children in one snippet.
 */
import type { TextEdit } from '../finding.ts';
import { skipBlanksBack } from './characters.ts';
import { startWithComments } from './comments.ts';
import { childIndentation, endWithRemarks, indentation, layOut, lineBreak, startsLine, withLine } from './layout.ts';
import { attributeSpan } from './query.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from './tree.ts';

/** Text that stands for itself between tags. */
export function escapeText(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(']]>', ']]&gt;');
}

/** Text that stands for itself between the given quotes. A reader of XML makes blanks of line breaks and tabs that stand there bare. */
export function escapeAttribute(value: string, quote: '"' | "'"): string {
  const escaped = value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#9;')
    .replaceAll('\r', '&#13;');
  return quote === '"' ? escaped.replaceAll('"', '&quot;') : escaped.replaceAll("'", '&apos;');
}

/** Gives an attribute a value: replaces the one it has, or adds the attribute after the last that is sound. */
export function setAttribute(element: XmlElement, name: string, value: string, document: XmlDocument): TextEdit[] {
  const { text } = document;
  const existing = element.attributes.find((attribute) => attribute.name === name);
  if (existing) return setValue(existing, value, document);
  // A value that is never closed would swallow what comes behind it.
  const open = element.attributes.findIndex(({ quote, closed }) => quote !== '' && !closed);
  const last = (open < 0 ? element.attributes : element.attributes.slice(0, open)).at(-1);
  const at = last ? attributeEnd(last, text) : element.nameEnd;
  const ownLine = last && startsLine(text, last.nameStart);
  const gap = ownLine ? lineBreak(text) + indentation(text, last.nameStart) : ' ';
  return [insert(at, gap + name + assignment(value, quoteStyle(element, document)))];
}

/** Gives an attribute that is there a value, in quotes whatever it was written in. */
export function setValue(attribute: XmlAttribute, value: string, document: XmlDocument): TextEdit[] {
  const { text } = document;
  const { quote, closed, valueStart, valueEnd } = attribute;
  if (quote && closed && text[valueEnd] === quote)
    return [replace(valueStart, valueEnd, escapeAttribute(value, quote))];
  const newQuote = quoteStyle(attribute.parent, document);
  return [replace(attribute.nameEnd, attributeEnd(attribute, text), assignment(value, newQuote))];
}

/** Takes an attribute away, with the blanks before it. */
export function removeAttribute(attribute: XmlAttribute, document: XmlDocument): TextEdit[] {
  const { text } = document;
  const start = skipBlanksBack(text, attribute.nameStart, attribute.parent.nameEnd);
  return [replace(start, attributeEnd(attribute, text), '')];
}

export function renameAttribute(attribute: XmlAttribute, newName: string): TextEdit[] {
  return [replace(attribute.nameStart, attribute.nameEnd, newName)];
}

/** Replaces everything inside an element by text. */
export function setText(element: XmlElement, text: string): TextEdit[] {
  return setContent(element, escapeText(text));
}

/** Takes an element away, with its whole line where it stands alone in it. */
export function removeElement(element: XmlElement, document: XmlDocument): TextEdit[] {
  const { start, end } = withLine(element, document.text);
  return [replace(start, end, '')];
}

/** Renames both tags. */
export function renameElement(element: XmlElement, newName: string): TextEdit[] {
  const edits = [replace(element.nameStart, element.nameEnd, newName)];
  if (element.endTagNameStart < 0) return edits;
  const isPlain = element.endTagNameStart > element.endTagStart;
  const end = element.endTagNameStart + element.name.length;
  return isPlain ? [...edits, replace(element.endTagNameStart, end, newName)] : edits;
}

export interface ChildPlace {
  readonly after?: XmlElement;
  readonly first?: boolean;
}

/** Adds a child: after a given one, as the first, or else as the last. Opens a parent that is self-closing. */
export function insertChild(
  parent: XmlElement,
  xml: string,
  document: XmlDocument,
  place: ChildPlace = {},
): TextEdit[] {
  const { text } = document;
  if (place.after) return insertAfter(place.after, xml, document);
  const children = parent.children.filter((child) => child.kind === 'element' && child.name !== '');
  const neighbour = place.first ? children[0] : children.at(-1);
  if (neighbour?.kind === 'element') {
    return place.first ? insertBefore(neighbour, xml, document) : insertAfter(neighbour, xml, document);
  }
  const newLine = lineBreak(text);
  const indent = childIndentation(parent, document);
  const lines = newLine + indent + layOut(xml, indent, document);
  const outdent = newLine + indentation(text, parent.start);
  if (parent.selfClosing || parent.endTagStart < 0) return setContent(parent, lines + outdent);
  const end = skipBlanksBack(text, parent.endTagStart, parent.startTagEnd);
  return [replace(end, parent.endTagStart, lines + outdent)];
}

/** Adds a sibling after an element, on a line of its own where the element has one. */
export function insertAfter(element: XmlElement, xml: string, document: XmlDocument): TextEdit[] {
  const { text } = document;
  // An element that is never closed would swallow what comes after it.
  if (!element.selfClosing && element.endTagStart < 0) return insertBefore(element, xml, document);
  if (!startsLine(text, element.start)) return [insert(element.end, layOut(xml, '', document))];
  const indent = indentation(text, element.start);
  return [insert(endWithRemarks(element, document), lineBreak(text) + indent + layOut(xml, indent, document))];
}

/** Adds a sibling before an element and the comments about it, on a line of its own where the element has one. */
export function insertBefore(element: XmlElement, xml: string, document: XmlDocument): TextEdit[] {
  return insertAt(startWithComments(element, document), xml, document);
}

/** Adds a comment to an element: between it and those that it has. */
export function insertComment(element: XmlElement, comment: string, document: XmlDocument): TextEdit[] {
  return insertAt(element.start, comment, document);
}

/** The quote that the element's own attributes use, else the document's first attribute, else libvirt's. */
export function quoteStyle(element: XmlElement | null, document: XmlDocument): '"' | "'" {
  for (const attribute of element?.attributes ?? []) if (attribute.quote) return attribute.quote;
  const { root } = document;
  const stack = root ? [root] : [];
  for (let at = stack.pop(); at; at = stack.pop()) {
    for (const attribute of at.attributes) if (attribute.quote) return attribute.quote;
    const firstChildren = at.children.slice(0, 8);
    for (const child of firstChildren.reverse()) if (child.kind === 'element') stack.push(child);
  }
  return "'";
}

/** After the closing quote, where it is there. */
export function attributeEnd(attribute: XmlAttribute, text: string): number {
  if (attribute.valueEnd < 0) return attribute.equals < 0 ? attribute.nameEnd : attribute.equals + 1;
  if (!attribute.quote && attribute.closed) return attribute.valueEnd + 1; // a closing quote without an opening one
  return Math.min(attributeSpan(attribute).end, text.length);
}

/** Where the tokens of a start tag end: before `>` or `/>`. */
function startTagContentEnd(element: XmlElement): number {
  const last = element.attributes.at(-1);
  return last ? attributeSpan(last).end : element.nameEnd;
}

function setContent(element: XmlElement, content: string): TextEdit[] {
  if (!element.selfClosing && element.endTagStart >= 0) {
    return [replace(element.startTagEnd, element.endTagStart, content)];
  }
  const tail = `>${content}</${element.name}>`;
  if (element.selfClosing) return [replace(startTagContentEnd(element), element.startTagEnd, tail)];
  return [insert(element.startTagEnd, element.startTagClosed ? tail.slice(1) : tail)];
}

function assignment(value: string, quote: '"' | "'"): string {
  return `=${quote}${escapeAttribute(value, quote)}${quote}`;
}

/** On a line of its own where a line starts. */
function insertAt(at: number, xml: string, document: XmlDocument): TextEdit[] {
  const { text } = document;
  if (!startsLine(text, at)) return [insert(at, layOut(xml, '', document))];
  const indent = indentation(text, at);
  return [insert(at, layOut(xml, indent, document) + lineBreak(text) + indent)];
}

function replace(start: number, end: number, newText: string): TextEdit {
  return { start, end, newText };
}

function insert(at: number, newText: string): TextEdit {
  return { start: at, end: at, newText };
}
