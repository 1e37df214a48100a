import { skipBlanks, skipName } from './characters.ts';
import type { ParseState } from './parseState.ts';

/**
 * Reads over a document type declaration and returns the offset after it.
 * It notes which entities are declared; it never expands one and never fetches anything.
 */
export function readDoctype(state: ParseState, start: number): number {
  const end = findEnd(state, start + '<!DOCTYPE'.length);
  if (end < 0) {
    state.report('unclosed-declaration', start, start + '<!DOCTYPE'.length);
    return state.lineEnd(start);
  }
  if (state.top.children.length > 0) state.report('bad-declaration', start, end);
  return end;
}

function findEnd(state: ParseState, from: number): number {
  const { text } = state;
  let inSubset = false;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '"' || character === "'") {
      at = (character === '"' ? state.quotationMark : state.apostrophe).next(at + 1);
    } else if (character === '[') {
      inSubset = true;
    } else if (character === ']') {
      inSubset = false;
    } else if (character === '>' && !inSubset) {
      return at + 1;
    } else if (character === '<') {
      if (!inSubset) return -1;
      if (text.startsWith('<!--', at)) at = state.commentEnd.next(at + 4) + 2;
      else if (text.startsWith('<?', at)) at = state.instructionEnd.next(at + 2) + 1;
      else if (text.startsWith('<!ENTITY', at)) noteEntity(state, at + '<!ENTITY'.length);
    } else if (character === '%' && inSubset) {
      state.declaredEntities = null; // a parameter entity may declare anything
    } else if (!inSubset && (text.startsWith('SYSTEM', at) || text.startsWith('PUBLIC', at))) {
      state.declaredEntities = null; // so may a file elsewhere
    }
  }
  return -1;
}

function noteEntity(state: ParseState, from: number): void {
  const nameStart = skipBlanks(state.text, from);
  state.declaredEntities?.add(state.text.slice(nameStart, skipName(state.text, nameStart)));
}
