/**
 * Reads a text that differs in one stretch from one that was read before: only the element around the change is read, all other
 * nodes are taken over. At a key in a document of thousands of lines that is a thousandth of the work, and what was worked out
 * about the other elements stays with them.
 */
import { changedSpan } from './change.ts';
import { ownCopy } from './ownCopy.ts';
import { LARGEST_TEXT, parseElement, parseXml } from './parse.ts';
import type { Span, XmlComment, XmlDocument, XmlElement, XmlNode } from './tree.ts';

/**
 * The same tree as `parseXml(text)`. Takes the nodes of the old document where it can, moved to their new places:
 * the old document must not be used any more.
 */
export function reparseXml(before: XmlDocument, text: string): XmlDocument {
  return patched(before, text) ?? parseXml(text);
}

/** Null where a part would not do: only text without problems is sure to be read alike in parts and as a whole. */
function patched({ text: old, root, comments, problems }: XmlDocument, text: string): XmlDocument | null {
  if (!root || problems.length > 0 || text.length > LARGEST_TEXT) return null;
  if (text === old) return { text, root, comments, problems };
  const change = changedSpan(old, text);
  const element = innermostAround(root, change);
  const { parent } = element;
  if (!parent) return null;
  const delta = text.length - old.length;
  const { start, end } = element;
  const stretch = ownCopy(text.slice(start, end + delta));
  const read = stretch === null ? null : parseElement(stretch, depthOf(element));
  if (!read) return null;

  moveElement(read.element, start);
  read.element.parent = parent;
  parent.children[parent.children.indexOf(element)] = read.element;
  moveWhatFollows(read.element, delta);
  const inside = read.comments.map((comment) => movedComment(comment, start));
  return { text, root, comments: [...commentsAround(comments, { start, end }, inside, delta)], problems };
}

function innermostAround(root: XmlElement, change: Span): XmlElement {
  let around = root;
  for (;;) {
    const inner = around.children.find((node) => node.end > change.end);
    if (inner?.kind !== 'element' || inner.start >= change.start) return around;
    around = inner;
  }
}

function depthOf(element: XmlElement): number {
  let depth = 0;
  for (let at = element.parent; at; at = at.parent) depth++;
  return depth;
}

/** What stands behind an element, up to the end of the document, and the ends of all that it stands in. */
function moveWhatFollows(element: XmlElement, delta: number): void {
  let child: XmlElement = element;
  for (let parent = element.parent; parent; parent = parent.parent) {
    for (let index = parent.children.indexOf(child) + 1; index < parent.children.length; index++) {
      const node = parent.children[index];
      if (node) moveNode(node, delta);
    }
    moveEnd(parent, delta);
    parent.judgedAs = -1;
    child = parent;
  }
}

function moveNode(node: XmlNode, delta: number): void {
  if (node.kind === 'element') moveElement(node, delta);
  else {
    node.start += delta;
    node.end += delta;
  }
}

function moveElement(element: XmlElement, delta: number): void {
  element.start += delta;
  element.nameStart += delta;
  element.nameEnd += delta;
  element.startTagEnd += delta;
  moveEnd(element, delta);
  for (const attribute of element.attributes) {
    attribute.nameStart += delta;
    attribute.nameEnd += delta;
    attribute.equals += delta;
    attribute.valueStart += delta;
    attribute.valueEnd += delta;
  }
  for (const node of element.children) moveNode(node, delta);
}

function moveEnd(element: XmlElement, delta: number): void {
  element.end += delta;
  if (element.endTagStart < 0) return;
  element.endTagStart += delta;
  element.endTagNameStart += delta;
}

function* commentsAround(
  comments: readonly XmlComment[],
  replaced: Span,
  inside: readonly XmlComment[],
  delta: number,
): Generator<XmlComment> {
  for (const comment of comments) if (comment.end <= replaced.start) yield comment;
  yield* inside;
  for (const comment of comments) if (comment.start >= replaced.end) yield movedComment(comment, delta);
}

function movedComment({ kind, start, end }: XmlComment, delta: number): XmlComment {
  return { kind, start: start + delta, end: end + delta };
}
