/** XML 1.0's character classes, on UTF-16 code units, and the indentation of a line. */

// ordered: what may start a name may also stand in it
const NAME = 1;
const NAME_START = 2;

const classes = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_:]/.test(character)) classes[code] = NAME_START;
  else if (/[-.0-9]/.test(character)) classes[code] = NAME;
}

const wideNameStart =
  /[\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\udfff\uf900-\ufdcf\ufdf0-\ufffd]/;
const wideName = new RegExp(`${wideNameStart.source}|[\\xb7\\u0300-\\u036f\\u203f\\u2040]`);

export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

/** Halves of surrogate pairs count as name characters. */
export function isNameStart(code: number): boolean {
  if (code < 128) return classes[code] === NAME_START;
  return code >= 0 && wideNameStart.test(String.fromCharCode(code));
}

export function isNameCharacter(code: number): boolean {
  if (code < 128) return (classes[code] ?? 0) >= NAME;
  return code >= 0 && wideName.test(String.fromCharCode(code));
}

/** Whether XML 1.0 lets the code point stand in a document. */
export function isXmlCharacter(point: number): boolean {
  if (point < 0x20) return point === 0x09 || point === 0x0a || point === 0x0d;
  return point <= 0xd7ff || (point >= 0xe000 && point <= 0xfffd) || (point >= 0x10000 && point <= 0x10ffff);
}

/** What XML 1.0 may forbid, as a class that is quick to look for. */
export const suspectCharacter = /[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/;

/** Runs of what XML 1.0 lets nowhere stand: control characters, halves of surrogate pairs, U+FFFE and U+FFFF. */
export const forbiddenCharacters =
  /(?:[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff])+/g;

export function skipName(text: string, from: number): number {
  let at = from;
  while (isNameCharacter(text.charCodeAt(at))) at++;
  return at;
}

export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Whether nothing but blanks stands between two offsets. Other white space, as a no-break space, is text. */
export function isBlankBetween(text: string, start: number, end: number): boolean {
  return skipBlanks(text, start) >= end;
}

/** Where an offset lies behind blanks, the offset of the first of them; never before the limit. */
export function skipBlanksBack(text: string, offset: number, limit: number): number {
  let at = offset;
  while (at > limit && isBlank(text.charCodeAt(at - 1))) at--;
  return at;
}

/** The number of blanks before an offset that is the first on its line, else -1. */
export function ownLineIndent(text: string, offset: number): number {
  let at = offset - 1;
  for (let code = text.charCodeAt(at); code === 0x20 || code === 0x09; code = text.charCodeAt(at)) at--;
  return at < 0 || text.charCodeAt(at) === 0x0a || text.charCodeAt(at) === 0x0d ? offset - 1 - at : -1;
}

/** How far back a line's start is looked for: what stands further right in a line has no indentation to speak of. */
const LONGEST_LINE = 500;

/** The number of blanks that the line of an offset starts with, or -1 for a line beyond all measure. */
export function lineIndent(text: string, offset: number): number {
  let indent = 0;
  for (let at = offset - 1; at >= 0; at--) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) return indent;
    if (offset - at > LONGEST_LINE) return -1;
    indent = code === 0x20 || code === 0x09 ? indent + 1 : 0;
  }
  return indent;
}

/** The end of the line that an offset stands in, without its line break. */
export function lineEnd(text: string, offset: number): number {
  for (let at = offset; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) return at;
  }
  return text.length;
}
