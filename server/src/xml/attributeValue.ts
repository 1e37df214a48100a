/** Where an attribute's value ends, also when a quote is missing. */
import { isBlank, isNameCharacter, isNameStart, skipBlanks, skipBlanksBack, skipName } from './characters.ts';
import type { ParseState } from './parseState.ts';

export interface ValueReading {
  /** The value without quotes; both -1 where there is none. */
  readonly start: number;
  readonly end: number;
  readonly quote: '"' | "'" | '';
  readonly closed: boolean;
  /** Where reading goes on. */
  readonly next: number;
}

/** An attribute's value that is missing; reading goes on elsewhere. */
export const noValue = { start: -1, end: -1, quote: '', closed: false } as const;

/** Reads the value that follows a `=`; `from` is the offset after it. */
export function readValue(state: ParseState, from: number): ValueReading {
  const { text } = state;
  let at = from;
  while (isBlank(text.charCodeAt(at))) at++;
  const code = text.charCodeAt(at);
  if (code !== 0x22 && code !== 0x27) return readUnquoted(state, from, at);
  const quote = code === 0x22 ? '"' : "'";
  const start = at + 1;
  const plainEnd = plainValueEnd(state, start, code);
  if (plainEnd >= 0) return { start, end: plainEnd, quote, closed: true, next: plainEnd + 1 };
  const end = quoteFinder(state, code).next(start);
  if (end < text.length) {
    const nextTag = state.lessThan.next(start);
    // the quote may be the one that opens the next attribute's value
    const attributeStart = precedingAttribute(text, start, end);
    if (end < nextTag) {
      if (attributeStart < 0) return { start, end, quote, closed: true, next: end + 1 };
      return endUnclosed(text, start, attributeStart, quote);
    }
    if (endsProperly(text, end) && attributeStart < 0 && !hasLineBreak(text, start, end)) {
      // the quote is in its place, so the `<` before it is meant as text
      for (let less = nextTag; less < end; less = state.lessThan.next(less + 1)) {
        state.report('stray-less-than', less, less + 1);
      }
      return { start, end, quote, closed: true, next: end + 1 };
    }
  }
  return readUnclosed(state, start, quote, end);
}

/** The closing quote's offset where all is as it should be: no `<` before it, and the tag goes on after it; else -1. */
export function plainValueEnd(state: ParseState, start: number, quoteCode: number): number {
  const end = quoteFinder(state, quoteCode).next(start);
  return end < state.text.length && end < state.lessThan.next(start) && endsProperly(state.text, end) ? end : -1;
}

function quoteFinder(state: ParseState, quoteCode: number) {
  return quoteCode === 0x22 ? state.quotationMark : state.apostrophe;
}

/** After the quote comes a blank, or the tag's end. */
function endsProperly(text: string, quote: number): boolean {
  const next = text.charCodeAt(quote + 1);
  return isBlank(next) || next === 0x3e || next === 0x2f || next === 0x3f;
}

/** A value without its closing quote ends before the next attribute, `>`, `/>`, `<` or the line's end. */
function readUnclosed(state: ParseState, start: number, quote: '"' | "'", nextQuote: number): ValueReading {
  const { text } = state;
  const limit = state.lessThan.next(start);
  let end = start;
  for (; end < limit; end++) {
    const code = text.charCodeAt(end);
    if (code === 0x0a || code === 0x0d || code === 0x3e || (code === 0x2f && text.charCodeAt(end + 1) === 0x3e)) break;
  }
  const attributeStart = nextQuote < end ? precedingAttribute(text, start, nextQuote) : -1;
  if (attributeStart >= 0) end = attributeStart;
  end = skipBlanksBack(text, end, start);
  return endUnclosed(text, start, end, quote);
}

/** In `'value"` the wrong quote is taken for the closing one. */
function endUnclosed(text: string, start: number, end: number, quote: '"' | "'"): ValueReading {
  const wrongQuote = quote === '"' ? "'" : '"';
  if (end > start && text[end - 1] === wrongQuote) return { start, end: end - 1, quote, closed: true, next: end };
  return { start, end, quote, closed: false, next: end };
}

/** `name=value`, `name=value'` (the opening quote is missing), or nothing where the next attribute or the tag's end follows. */
function readUnquoted(state: ParseState, from: number, at: number): ValueReading {
  const { text } = state;
  const nothing: ValueReading = { ...noValue, next: from };
  if (at > from) {
    if (hasLineBreak(text, from, at)) return nothing;
    const nameEnd = skipName(text, at);
    if (isNameStart(text.charCodeAt(at)) && text.charCodeAt(skipBlanks(text, nameEnd)) === 0x3d) return nothing;
  }
  let end = at;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (isBlank(code) || code === 0x3e || code === 0x3c || (code === 0x2f && text.charCodeAt(end + 1) === 0x3e)) break;
  }
  if (end === at) return nothing;
  const last = text.charCodeAt(end - 1);
  if (end - at > 1 && (last === 0x22 || last === 0x27))
    return { start: at, end: end - 1, quote: '', closed: true, next: end };
  return { start: at, end, quote: '', closed: false, next: end };
}

/** In `type='file device='disk'` the quote after `device=` opens a value: the offset of the blanks before `device`, or -1. */
function precedingAttribute(text: string, valueStart: number, quote: number): number {
  const equals = skipBlanksBack(text, quote, valueStart) - 1;
  if (equals < valueStart || text.charCodeAt(equals) !== 0x3d) return -1;
  const nameEnd = skipBlanksBack(text, equals, valueStart);
  let nameStart = nameEnd;
  while (nameStart > valueStart && isNameCharacter(text.charCodeAt(nameStart - 1))) nameStart--;
  const blanks = skipBlanksBack(text, nameStart, valueStart);
  return nameStart < nameEnd && isNameStart(text.charCodeAt(nameStart)) && blanks < nameStart ? blanks : -1;
}

function hasLineBreak(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) return true;
  }
  return false;
}
