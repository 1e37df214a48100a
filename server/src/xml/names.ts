import { isNameCharacter } from './characters.ts';
import type { ParseState } from './parseState.ts';

/** The offset after the name that starts at an offset; remembers that the document uses prefixes. */
export function readName(state: ParseState, from: number): number {
  const { text } = state;
  let at = from;
  for (let code = text.charCodeAt(at); isNameCharacter(code); code = text.charCodeAt(++at)) {
    if (code === 0x3a) state.prefixed = true;
  }
  return at;
}
