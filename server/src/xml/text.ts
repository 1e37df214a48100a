import { isBlank } from './characters.ts';
import { decode } from './entities.ts';
import type { ParseState } from './parseState.ts';

/** Adds a stretch of text, or what a CDATA section holds, to the open element. */
export function addText(state: ParseState, start: number, end: number, kind: 'text' | 'cdata'): void {
  if (start >= end) return;
  if (state.current === state.top) {
    reportOutsideRoot(state, start, end);
    return;
  }
  if (kind === 'text') {
    let cdataEnd = state.cdataEnd.next(start);
    while (cdataEnd < end) {
      state.report('cdata-end-in-text', cdataEnd, cdataEnd + 3);
      cdataEnd = state.cdataEnd.next(cdataEnd + 3);
    }
  }
  const value = kind === 'text' ? decode(state, start, end) : state.text.slice(start, end);
  state.current.children.push({ kind: 'text', start, end, value });
}

function reportOutsideRoot(state: ParseState, start: number, end: number): void {
  let first = start;
  let last = end;
  while (first < last && isBlank(state.text.charCodeAt(first))) first++;
  while (last > first && isBlank(state.text.charCodeAt(last - 1))) last--;
  if (first < last) state.report('text-outside-root', first, last);
}
