import { isNameStart, isXmlCharacter, skipName } from './characters.ts';
import type { ParseState } from './parseState.ts';

const predefined = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** A stretch of text with its references replaced. Entities of the document's own stay as written: nothing is ever expanded. */
export function decode(state: ParseState, start: number, end: number): string {
  const { text } = state;
  let ampersand = state.ampersand.next(start);
  if (ampersand >= end) return text.slice(start, end);
  let decoded = '';
  let copied = start;
  while (ampersand < end) {
    decoded += text.slice(copied, ampersand);
    const reference = readReference(state, ampersand, end);
    decoded += reference.value;
    copied = reference.end;
    ampersand = state.ampersand.next(copied);
  }
  return decoded + text.slice(copied, end);
}

function readReference(state: ParseState, start: number, limit: number): { end: number; value: string } {
  const { text } = state;
  const isNumber = text.charCodeAt(start + 1) === 0x23;
  const bodyStart = isNumber ? start + 2 : start + 1;
  const bodyEnd = Math.min(skipName(text, bodyStart), limit);
  const name = text.slice(start + 1, bodyEnd);
  const terminated = bodyEnd < limit && text.charCodeAt(bodyEnd) === 0x3b;
  const end = terminated ? bodyEnd + 1 : bodyEnd;
  if (isNumber && (terminated || bodyEnd > bodyStart))
    return readCharacterReference(state, start, end, name, terminated);
  const value = predefined.get(name);
  if (value !== undefined) {
    if (!terminated) state.report('stray-ampersand', start, end, name);
    return { end, value };
  }
  if (!terminated || !isNameStart(text.charCodeAt(bodyStart))) {
    state.report('stray-ampersand', start, start + 1);
    return { end: start + 1, value: '&' };
  }
  if (state.declaredEntities && !state.declaredEntities.has(name)) state.report('unknown-entity', start, end, name);
  return { end, value: text.slice(start, end) };
}

/** `&#65;` or `&#x41;`; `name` is what stands between `&` and `;`. */
function readCharacterReference(state: ParseState, start: number, end: number, name: string, terminated: boolean) {
  const hex = /^#x([0-9a-f]+)$/i.exec(name)?.[1];
  const decimal = /^#([0-9]+)$/.exec(name)?.[1];
  const point = hex ? Number.parseInt(hex, 16) : decimal ? Number.parseInt(decimal, 10) : -1;
  if (point >= 0 && isXmlCharacter(point) && terminated && !name.startsWith('#X')) {
    return { end, value: String.fromCodePoint(point) };
  }
  state.report('bad-character-reference', start, end, name);
  return { end, value: state.text.slice(start, end) };
}
