/** What stands under the cursor: the one resolver that hover, completion and navigation share. */
import type { XmlAttribute, XmlDocument, XmlElement } from '../xml/tree.ts';

export type Entity =
  /** In the name of a start or end tag. */
  | { readonly kind: 'tag-name'; readonly element: XmlElement; readonly endTag: boolean }
  | { readonly kind: 'attribute-name'; readonly element: XmlElement; readonly attribute: XmlAttribute }
  | { readonly kind: 'attribute-value'; readonly element: XmlElement; readonly attribute: XmlAttribute }
  /** In a start tag, where an attribute may begin. */
  | { readonly kind: 'start-tag'; readonly element: XmlElement }
  /** Between tags; the element whose content it is, or null outside the root. */
  | { readonly kind: 'content'; readonly element: XmlElement | null }
  | { readonly kind: 'comment' };

/** The entity at an offset; an offset right behind a name or value still belongs to it. */
export function entityAt(document: XmlDocument, offset: number): Entity {
  if (document.comments.some((comment) => comment.start < offset && offset < comment.end)) return { kind: 'comment' };
  const typed = unclosedStartTag(document, offset);
  if (typed) return { kind: 'start-tag', element: typed };
  const element = innermost(document.root, offset);
  if (!element) return { kind: 'content', element: null };
  if (offset >= element.nameStart && offset <= element.nameEnd) return { kind: 'tag-name', element, endTag: false };
  if (offset > element.nameEnd && offset < element.startTagEnd + (element.startTagClosed ? 0 : 1)) {
    return inStartTag(element, offset);
  }
  const endName = element.endTagNameStart;
  if (endName >= 0 && offset >= endName && offset <= endName + element.name.length) {
    return { kind: 'tag-name', element, endTag: true };
  }
  return { kind: 'content', element };
}

function inStartTag(element: XmlElement, offset: number): Entity {
  for (const attribute of element.attributes) {
    if (offset >= attribute.nameStart && offset <= attribute.nameEnd)
      return { kind: 'attribute-name', element, attribute };
    if (attribute.valueStart >= 0 && offset >= attribute.valueStart && offset <= attribute.valueEnd) {
      return { kind: 'attribute-value', element, attribute };
    }
  }
  return { kind: 'start-tag', element };
}

/** A start tag without its `>` goes on behind the blanks that follow it. */
function unclosedStartTag(document: XmlDocument, offset: number): XmlElement | null {
  let end = offset;
  while (end > 0 && /\s/.test(document.text.charAt(end - 1))) end--;
  if (end === offset) return null;
  const element = innermost(document.root, end);
  return element && element.name !== '' && !element.startTagClosed && element.startTagEnd === end ? element : null;
}

/** The innermost element whose span holds the offset strictly inside, or that ends there unclosed. */
function innermost(root: XmlElement | null, offset: number): XmlElement | null {
  let found: XmlElement | null = null;
  let next: XmlElement | null = root && holds(root, offset) ? root : null;
  while (next) {
    found = next;
    next = childHolding(found, offset);
  }
  return found;
}

/** Children are in document order: a binary search keeps this cheap below 50,000 brothers. */
function childHolding(parent: XmlElement, offset: number): XmlElement | null {
  const children = parent.children;
  let low = 0;
  let high = children.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const node = children[middle];
    if (node && node.start < offset) low = middle;
    else high = middle - 1;
  }
  // A child that breaks off where the next one begins is still the one being typed.
  for (const index of [low, low - 1]) {
    const node = children[index];
    if (node?.kind === 'element' && holds(node, offset)) return node;
  }
  return null;
}

function holds(element: XmlElement, offset: number): boolean {
  if (offset <= element.start) return false;
  if (offset < element.end) return true;
  const isOpen = !element.startTagClosed || (!element.selfClosing && element.endTagStart < 0);
  return offset === element.end && isOpen;
}
