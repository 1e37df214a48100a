import { isNameStart, ownLineIndent, skipBlanks, skipName } from './characters.ts';
import type { ParseState } from './parseState.ts';
import { closeUnclosed, hasEndTagAhead } from './recovery.ts';
import { isSimilar } from './similar.ts';
import type { Span, XmlElement } from './tree.ts';

interface EndTag {
  readonly start: number;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly name: string;
  readonly end: number;
  /** It has its `>`. */
  readonly closed: boolean;
  /** What stands in it beside its name. */
  readonly junk: Span | null;
}

/** Reads an end tag from its `</` and returns the offset after it. */
export function readEndTag(state: ParseState, start: number): number {
  const { text, current } = state;
  const nameStart = start + 2;
  const nameEnd = nameStart + current.name.length;
  if (text.charCodeAt(nameEnd) === 0x3e && state.tooDeep === 0 && text.startsWith(current.name, nameStart)) {
    if (current.parent && current.name !== '') {
      close(state, current, start, nameStart, nameEnd + 1);
      return nameEnd + 1;
    }
  }
  const tag = scan(state, start);
  if (state.tooDeep > 0) state.tooDeep--;
  else matchEndTag(state, tag);
  return tag.end;
}

function close(state: ParseState, element: XmlElement, start: number, nameStart: number, end: number): void {
  element.endTagStart = start;
  element.endTagNameStart = nameStart;
  element.end = end;
  state.current = element.parent ?? state.top;
  state.depth--;
}

/** `</name>`, and what people write for it: `</ name>`, `</name x>`, `</name`. */
function scan(state: ParseState, start: number): EndTag {
  const { text } = state;
  const line = state.lineEnd(start);
  let junk: Span | null = null;
  let nameStart = start + 2;
  const afterBlanks = skipBlanks(text, nameStart);
  if (afterBlanks > nameStart && afterBlanks < line && isNameStart(text.charCodeAt(afterBlanks))) {
    junk = { start: nameStart, end: afterBlanks };
    nameStart = afterBlanks;
  }
  const nameEnd = skipName(text, nameStart);
  const name = text.slice(nameStart, nameEnd);
  const after = skipBlanks(text, nameEnd);
  if (text.charCodeAt(after) === 0x3e) return { start, nameStart, nameEnd, name, end: after + 1, closed: true, junk };
  const greaterThan = state.greaterThan.next(after);
  if (greaterThan < line && greaterThan < state.lessThan.next(after)) {
    junk ??= { start: nameEnd, end: greaterThan };
    return { start, nameStart, nameEnd, name, end: greaterThan + 1, closed: true, junk };
  }
  return { start, nameStart, nameEnd, name, end: nameEnd, closed: false, junk };
}

function matchEndTag(state: ParseState, tag: EndTag): void {
  const open = findOpen(state, tag.name);
  const element = open ?? findMistyped(state, tag);
  if (!element) {
    state.report('stray-end-tag', tag.start, tag.end, tag.name);
    return;
  }
  closeUnclosed(state, element, tag.start);
  if (!tag.closed) state.report('unclosed-end-tag', tag.start, tag.end, element.name, element);
  else if (!open) state.report('mismatched-end-tag', tag.nameStart, tag.nameEnd, tag.name, element);
  else if (tag.junk) state.report('junk-in-tag', tag.junk.start, tag.junk.end, '', element);
  close(state, element, tag.start, tag.nameStart, tag.end);
}

function findOpen(state: ParseState, name: string): XmlElement | null {
  if (name === '') return null;
  for (let element = state.current; element.parent && state.spend(1); element = element.parent) {
    if (element.name === name) return element;
  }
  return null;
}

/** The open element that an end tag with another name is meant for: judged by name, line and indentation. */
function findMistyped(state: ParseState, tag: EndTag): XmlElement | null {
  const indent = ownLineIndent(state.text, tag.start);
  for (let element = state.current; element.parent && state.spend(64); element = element.parent) {
    const beingTyped = !tag.closed && element.name.startsWith(tag.name);
    if (beingTyped || isSimilar(tag.name, element.name) || standsAcross(state, element, tag, indent)) {
      return hasEndTagAhead(state, element, tag.end) ? null : element;
    }
  }
  return null;
}

/** In the element's own line, or in a later one at the same indentation. */
function standsAcross(state: ParseState, element: XmlElement, tag: EndTag, indent: number): boolean {
  if (indent >= 0) return ownLineIndent(state.text, element.start) === indent;
  if (element !== state.current || !state.spend(tag.start - element.start)) return false;
  return !/[\n\r]/.test(state.text.slice(element.start, tag.start));
}
