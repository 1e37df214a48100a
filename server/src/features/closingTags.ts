/** What closes a tag or an element that somebody is typing: the end tag behind `>`, the rest of `</`, the `>` behind `/`. */
import { entityAt } from '../domain/entityAt.ts';
import { parseXml } from '../xml/parse.ts';
import type { XmlDocument, XmlElement } from '../xml/tree.ts';
import { openElementName } from './openElement.ts';

export interface Closing {
  /** What is to be inserted at the cursor. */
  readonly text: string;
  /** Where the cursor belongs: before the text, between the tags, or behind it. */
  readonly cursor: 'before' | 'behind';
}

/** @param offset behind the `>` or `/` that was just typed */
export function closing(document: XmlDocument, offset: number): Closing | undefined {
  const { text } = document;
  const typed = text.charAt(offset - 1);
  if (typed === '>') return endTag(document, offset);
  if (typed !== '/') return undefined;
  return text.charAt(offset - 2) === '<' ? restOfEndTag(document, offset) : endOfStartTag(document, offset);
}

function endTag(document: XmlDocument, offset: number): Closing | undefined {
  const element = elementAt(document, offset);
  if (!element || element.startTagEnd !== offset || element.selfClosing) return undefined;
  return isMissingEnd(element) ? { text: `</${element.name}>`, cursor: 'before' } : undefined;
}

function restOfEndTag({ text }: XmlDocument, offset: number): Closing | undefined {
  const start = offset - '</'.length;
  const name = openElementName(text.slice(0, start));
  if (name === undefined || /^[\w:.-]/.test(text.slice(offset, offset + 1))) return undefined;
  // As the document was before: is there an element that wants this end tag?
  const before = parseXml(text.slice(0, start) + text.slice(offset).replace(/^>/, ''));
  let element = elementAt(before, start);
  while (element && element.name !== name) element = element.parent;
  if (!element || !isMissingEnd(element)) return undefined;
  return { text: text.charAt(offset) === '>' ? name : `${name}>`, cursor: 'behind' };
}

function endOfStartTag(document: XmlDocument, offset: number): Closing | undefined {
  const { text } = document;
  if (text.charAt(offset) === '>') return undefined;
  const before = parseXml(text.slice(0, offset - 1));
  const entity = entityAt(before, offset - 1);
  const isBehindName = entity.kind === 'tag-name' && !entity.endTag && entity.element.name !== '';
  if (!isBehindName && entity.kind !== 'start-tag') return undefined;
  // A `>` further on would end the tag: then only the slash is new.
  return /^[^<>]*>/.test(text.slice(offset)) ? undefined : { text: '>', cursor: 'behind' };
}

/** The innermost element around an offset; one that is not closed ends where its tag does, and counts. */
function elementAt(document: XmlDocument, offset: number): XmlElement | null {
  const entity = entityAt(document, offset);
  return entity.kind === 'comment' ? null : entity.element;
}

/** It has no end tag, or has that of an element of its name around it. */
function isMissingEnd(element: XmlElement): boolean {
  for (let at: XmlElement | null = element; at; at = at.parent)
    if (at.name === element.name && !at.selfClosing && at.endTagStart < 0) return true;
  return false;
}
