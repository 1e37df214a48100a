/** What differs between two versions of a text. */
import type { Span } from './tree.ts';

/** Equal stretches are compared in blocks of this many characters: an engine does that much faster than one by one. */
const BLOCK = 4096;

/** The part of the old text between what both begin and what both end with; the new text has grown there by the difference in length. */
export function changedSpan(before: string, after: string): Span {
  const shorter = Math.min(before.length, after.length);
  const start = commonStart(before, after, shorter);
  return { start, end: before.length - commonEnd(before, after, shorter - start) };
}

function commonStart(before: string, after: string, most: number): number {
  let at = 0;
  while (at + BLOCK <= most && before.slice(at, at + BLOCK) === after.slice(at, at + BLOCK)) at += BLOCK;
  while (at < most && before.charCodeAt(at) === after.charCodeAt(at)) at++;
  return at;
}

function commonEnd(before: string, after: string, most: number): number {
  const tail = (text: string, from: number, length: number) =>
    text.slice(text.length - from - length, text.length - from);
  let from = 0;
  while (from + BLOCK <= most && tail(before, from, BLOCK) === tail(after, from, BLOCK)) from += BLOCK;
  while (from < most && before.charCodeAt(before.length - 1 - from) === after.charCodeAt(after.length - 1 - from))
    from++;
  return from;
}
