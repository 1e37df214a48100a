/** Which comments belong to which element. */
import { ownLineIndent, skipBlanksBack } from './characters.ts';
import type { XmlComment, XmlDocument, XmlElement } from './tree.ts';

/** The index of the first comment that starts at an offset or behind it. */
export function firstCommentFrom(comments: readonly XmlComment[], offset: number): number {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.start ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The start of an element with the comments above it, which are likely about it; what stands behind another tag in its line is not. */
export function startWithComments(element: XmlElement, { text, comments }: XmlDocument): number {
  const first = element.parent?.startTagEnd ?? 0;
  const isInLine = ownLineIndent(text, element.start) < 0;
  let start = element.start;
  let at = element.start;
  for (let index = firstCommentFrom(comments, element.start) - 1; ; index--) {
    const comment = comments[index];
    if (!comment || comment.start < first || skipBlanksBack(text, at, comment.end) !== comment.end) return start;
    if (isEndOfRegion(comment, text)) return start;
    at = comment.start;
    const opensLine = ownLineIndent(text, at) >= 0;
    if (opensLine || (isInLine && skipBlanksBack(text, at, first) === first)) start = at;
  }
}

/** It belongs to what stands above it. */
function isEndOfRegion({ start, end }: XmlComment, text: string): boolean {
  return /^<!--\s*#endregion\b/.test(text.slice(start, end));
}
