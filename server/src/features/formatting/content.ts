/** What an element holds, as far as it may be laid out anew: nothing but elements and comments, with blanks between them. */
import { isBlankBetween } from '../../xml/characters.ts';
import { firstCommentFrom } from '../../xml/comments.ts';
import type { Span, XmlComment, XmlDocument, XmlElement } from '../../xml/tree.ts';

export type Item = XmlElement | XmlComment;

export interface Content extends Span {
  readonly items: readonly Item[];
}

/**
 * The content of an element, or undefined where it must stay as it is: text of any kind stands in it (CDATA, entities and
 * processing instructions too), it is empty or not closed, or `xml:space` says so.
 */
export function contentOf(element: XmlElement, document: XmlDocument): Content | undefined {
  if (!isClosed(element) || element.selfClosing || keepsBlanks(element)) return undefined;
  const span = { start: element.startTagEnd, end: element.endTagStart };
  const items = itemsBetween(element, document.comments);
  return items.length > 0 && areBlanksBetween(items, span, document.text) ? { ...span, items } : undefined;
}

export function isClosed({ name, startTagClosed, selfClosing, endTagStart }: XmlElement): boolean {
  return name !== '' && startTagClosed && (selfClosing || endTagStart >= 0);
}

function keepsBlanks({ attributes }: XmlElement): boolean {
  return attributes.some(({ name, value }) => name === 'xml:space' && value === 'preserve');
}

function itemsBetween({ children, startTagEnd, endTagStart }: XmlElement, comments: readonly XmlComment[]): Item[] {
  const items: Item[] = [];
  let next = firstCommentFrom(comments, startTagEnd);
  const takeComments = (end: number): void => {
    for (let comment = comments[next]; comment && comment.end <= end; comment = comments[++next]) items.push(comment);
  };
  for (const node of children) {
    if (node.kind !== 'element') continue;
    takeComments(node.start);
    items.push(node);
    if (comments[next] && (comments[next]?.start ?? 0) < node.end) next = firstCommentFrom(comments, node.end);
  }
  takeComments(endTagStart);
  return items;
}

function areBlanksBetween(items: readonly Item[], { start, end }: Span, text: string): boolean {
  let at = start;
  for (const item of [...items, { start: end, end }]) {
    if (!isBlankBetween(text, at, item.start)) return false;
    at = item.end;
  }
  return true;
}
