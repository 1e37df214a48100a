import { noValue, plainValueEnd, readValue } from './attributeValue.ts';
import { isBlank, isNameStart, skipBlanks } from './characters.ts';
import { decode } from './entities.ts';
import { interned } from './interned.ts';
import { readName } from './names.ts';
import { DEEPEST_LEVEL, newElement, type ParseState } from './parseState.ts';
import { hasEndTagAhead } from './recovery.ts';
import type { XmlAttribute, XmlElement } from './tree.ts';

/** Reads a start tag whose name starts after `<`, and returns the offset after it. */
export function readStartTag(state: ParseState, start: number): number {
  const { text } = state;
  const nameEnd = readName(state, start + 1);
  const element = newElement(interned(text.slice(start + 1, nameEnd)), start, nameEnd, state.current);
  state.current.children.push(element);
  const end = readAttributes(state, element);
  if (element.attributes.length > 1) reportDuplicates(state, element);
  element.startTagEnd = element.end = end;
  if (!element.startTagClosed) {
    // one message where the tag breaks off inside a value: that of the missing quote
    const last = element.attributes.at(-1);
    const breaksOffInValue = last?.quote && !last.closed && last.valueEnd === end;
    if (!breaksOffInValue) {
      state.report('unclosed-start-tag', element.nameStart, element.nameEnd, element.name, element);
    }
    // what is being typed is taken as an empty element, so that what follows keeps its place
    element.selfClosing = !hasEndTagAhead(state, element, end);
  }
  if (!element.selfClosing) open(state, element);
  return end;
}

/** Beyond the deepest level elements stay what their start tags say: empty children of the deepest one. */
function open(state: ParseState, element: XmlElement): void {
  if (state.depth >= DEEPEST_LEVEL) {
    if (state.tooDeep === 0) state.report('too-deep', element.nameStart, element.nameEnd, element.name, element);
    state.tooDeep++;
    return;
  }
  state.depth++;
  state.current = element;
}

/** Reads up to the tag's `>`, or to where it breaks off, and returns that offset. */
function readAttributes(state: ParseState, element: XmlElement): number {
  const { text } = state;
  const length = text.length;
  let at = element.nameEnd;
  for (;;) {
    const blanks = at;
    while (isBlank(text.charCodeAt(at))) at++;
    if (at >= length) return blanks;
    const code = text.charCodeAt(at);
    if (isNameStart(code)) {
      const start = at;
      at = readAttribute(state, element, start);
      if (start === blanks) {
        const attribute = element.attributes.at(-1);
        if (attribute) state.report('missing-space', start, attribute.nameEnd, attribute.name, attribute);
      }
    } else if (code === 0x3e) {
      element.startTagClosed = true;
      return at + 1;
    } else if (code === 0x2f) {
      const close = skipBlanks(text, at + 1);
      if (text.charCodeAt(close) === 0x3e) {
        if (close > at + 1) state.report('junk-in-tag', at + 1, close, '', element);
        element.startTagClosed = true;
        element.selfClosing = true;
        return close + 1;
      }
      state.report('stray-slash', at, at + 1, element.name, element);
      at++;
    } else if (code === 0x3c) {
      return blanks;
    } else {
      const end = skipJunk(text, at);
      state.report('junk-in-tag', at, end, text.slice(at, Math.min(end, at + 40)), element);
      at = end;
    }
  }
}

function skipJunk(text: string, from: number): number {
  let at = from + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isBlank(code) || code === 0x3e || code === 0x3c || (code === 0x2f && text.charCodeAt(at + 1) === 0x3e)) break;
  }
  return at;
}

/** Reads `name='value'`, adds it to the element, and returns the offset after it. */
function readAttribute(state: ParseState, parent: XmlElement, nameStart: number): number {
  const { text } = state;
  const nameEnd = readName(state, nameStart);
  const name = interned(text.slice(nameStart, nameEnd));
  const code = text.charCodeAt(nameEnd + 1);
  if ((code === 0x27 || code === 0x22) && text.charCodeAt(nameEnd) === 0x3d) {
    // the usual spelling first, without a detour
    const valueStart = nameEnd + 2;
    const valueEnd = plainValueEnd(state, valueStart, code);
    if (valueEnd >= 0) {
      const quote = code === 0x27 ? "'" : '"';
      const value = decode(state, valueStart, valueEnd);
      parent.attributes.push({
        kind: 'attribute',
        name,
        nameStart,
        nameEnd,
        equals: nameEnd,
        valueStart,
        valueEnd,
        quote,
        closed: true,
        value,
        parent,
      });
      return valueEnd + 1;
    }
  }
  return readUnusualAttribute(state, parent, name, nameStart, nameEnd);
}

function readUnusualAttribute(
  state: ParseState,
  parent: XmlElement,
  name: string,
  nameStart: number,
  nameEnd: number,
): number {
  const { text } = state;
  const equals = skipBlanks(text, nameEnd);
  const hasEquals = text.charCodeAt(equals) === 0x3d;
  const value = hasEquals ? readValue(state, equals + 1) : { ...noValue, next: nameEnd };
  const attribute: XmlAttribute = {
    kind: 'attribute',
    name,
    nameStart,
    nameEnd,
    equals: hasEquals ? equals : -1,
    valueStart: value.start,
    valueEnd: value.end,
    quote: value.quote,
    closed: value.closed,
    value: value.start < 0 ? '' : decode(state, value.start, value.end),
    parent,
  };
  if (value.quote === '' || !value.closed || text[value.end] !== value.quote) reportValue(state, attribute, value.next);
  parent.attributes.push(attribute);
  return value.next;
}

function reportValue(state: ParseState, attribute: XmlAttribute, end: number): void {
  const { name, nameStart, nameEnd, valueStart, quote } = attribute;
  if (valueStart < 0) state.report('attribute-without-value', nameStart, nameEnd, name, attribute);
  else if (quote === '') state.report('unquoted-value', valueStart, end, name, attribute);
  else state.report('unclosed-value', valueStart - 1, end, name, attribute);
}

/** A set pays only for tags with more attributes than anyone writes. */
const FEW_ATTRIBUTES = 16;

function reportDuplicates(state: ParseState, { attributes }: XmlElement): void {
  if (attributes.length > FEW_ATTRIBUTES) {
    const names = new Set<string>();
    for (const attribute of attributes) {
      if (names.has(attribute.name)) reportDuplicate(state, attribute);
      names.add(attribute.name);
    }
    return;
  }
  for (let index = 1; index < attributes.length; index++) {
    const attribute = attributes[index];
    for (let earlier = 0; attribute && earlier < index; earlier++) {
      if (attributes[earlier]?.name !== attribute.name) continue;
      reportDuplicate(state, attribute);
      break;
    }
  }
}

function reportDuplicate(state: ParseState, attribute: XmlAttribute): void {
  state.report('duplicate-attribute', attribute.nameStart, attribute.nameEnd, attribute.name, attribute);
}
