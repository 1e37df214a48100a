import { readValue, type ValueReading } from './attributeValue.ts';
import { isBlank, isNameStart, skipBlanks } from './characters.ts';
import { decode } from './entities.ts';
import { readName } from './names.ts';
import { DEEPEST_LEVEL, newElement, type ParseState } from './parseState.ts';
import { hasEndTagAhead } from './recovery.ts';
import type { XmlAttribute, XmlElement } from './tree.ts';

/** Reads a start tag whose name starts after `<`, and returns the offset after it. */
export function readStartTag(state: ParseState, start: number): number {
  const { text } = state;
  const nameEnd = readName(state, start + 1);
  const element = newElement(text.slice(start + 1, nameEnd), start, nameEnd, state.current);
  state.current.children.push(element);
  const end = readAttributes(state, element);
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
  const names = new AttributeNames(element.attributes);
  let at = element.nameEnd;
  for (;;) {
    const blanks = at;
    while (isBlank(text.charCodeAt(at))) at++;
    if (at >= length) return blanks;
    const code = text.charCodeAt(at);
    if (isNameStart(code)) {
      const nameEnd = readName(state, at);
      const name = text.slice(at, nameEnd);
      const attribute = readAttribute(state, element, name, at, nameEnd);
      if (at === blanks) state.report('missing-space', at, nameEnd, name, attribute.node);
      if (names.has(name)) state.report('duplicate-attribute', at, nameEnd, name, attribute.node);
      element.attributes.push(attribute.node);
      at = attribute.next;
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

function readAttribute(state: ParseState, parent: XmlElement, name: string, nameStart: number, nameEnd: number) {
  const { text } = state;
  let equals = nameEnd;
  while (isBlank(text.charCodeAt(equals))) equals++;
  const hasEquals = text.charCodeAt(equals) === 0x3d;
  const value: ValueReading = hasEquals
    ? readValue(state, equals + 1)
    : { start: -1, end: -1, quote: '', closed: false, next: nameEnd };
  const node: XmlAttribute = {
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
  if (value.start < 0) state.report('attribute-without-value', nameStart, nameEnd, name, node);
  else if (value.quote === '') state.report('unquoted-value', value.start, value.next, name, node);
  else if (!value.closed || text[value.end] !== value.quote) {
    state.report('unclosed-value', value.start - 1, value.next, name, node);
  }
  return { node, next: value.next };
}

/** Tells which names have been met. A set pays only for tags with more attributes than anyone writes. */
class AttributeNames {
  readonly #attributes: readonly XmlAttribute[];
  #set: Set<string> | null = null;

  constructor(attributes: readonly XmlAttribute[]) {
    this.#attributes = attributes;
  }

  has(name: string): boolean {
    if (this.#attributes.length < 16) {
      for (const attribute of this.#attributes) if (attribute.name === name) return true;
      return false;
    }
    this.#set ??= new Set(this.#attributes.map((attribute) => attribute.name));
    const known = this.#set.has(name);
    this.#set.add(name);
    return known;
  }
}
