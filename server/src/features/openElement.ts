/** The element that is still open at a place, in text that breaks off. */
import { childElements } from '../xml/query.ts';
import type { XmlDocument, XmlElement } from '../xml/tree.ts';

/** Comments, CDATA, processing instructions, end tags, start tags with their values: what can hold a `<` or close an element. */
const TOKEN =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<\?[\s\S]*?(?:\?>|$)|<\/([\w:.-]+)|<([A-Za-z_][\w:.-]*)(?:[^<>"']|"[^"<]*"|'[^'<]*')*?(\/?)>/g;

/**
 * The name of the element that is still open at the end of a text, or undefined. Asked of the text before `</`, not of the tree:
 * there the parser has already taken the `</` for the end of something.
 */
export function openElementName(text: string): string | undefined {
  const open: string[] = [];
  for (const [, closed, opened, selfClosing] of text.matchAll(TOKEN)) {
    if (opened !== undefined && selfClosing === '') open.push(opened);
    // An end tag closes its element, and whatever was left open inside.
    if (closed !== undefined && open.includes(closed)) open.length = open.lastIndexOf(closed);
  }
  return open.at(-1);
}

/**
 * The element that what is typed at an offset belongs to. The tree ends an element without end tag at its last token; blanks behind
 * that are still inside as long as nothing closes it.
 * @param around the element of the tree that holds the offset, or null
 */
export function elementToContinue(document: XmlDocument, around: XmlElement | null, offset: number): XmlElement | null {
  const name = openElementName(document.text.slice(0, offset));
  let found = around;
  let next = around ? lastBefore(around, offset) : document.root;
  while (next && isOpen(next) && next.end <= offset && next.start < offset) {
    if (next.name === name) found = next;
    next = lastBefore(next, offset);
  }
  return found;
}

function lastBefore(element: XmlElement, offset: number): XmlElement | null {
  return childElements(element).findLast((child) => child.start < offset) ?? null;
}

function isOpen({ startTagClosed, selfClosing, endTagStart }: XmlElement): boolean {
  return startTagClosed && !selfClosing && endTagStart < 0;
}
