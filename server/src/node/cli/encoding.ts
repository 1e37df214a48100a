/** The bytes of a file as text, and back. */

export interface Encoding {
  readonly name: 'utf-8' | 'utf-16le' | 'utf-16be';
  readonly hasMark: boolean;
  /** Every byte is in the text: what is written back unchanged is the same file. */
  readonly isExact: boolean;
}

const MARK = '\ufeff';

/** By its byte order mark; UTF-8 where there is none, as in every file that libvirt writes. */
export function decode(bytes: Buffer): { readonly text: string; readonly encoding: Encoding } {
  const name = encodingOf(bytes);
  const decoded = new TextDecoder(name, { ignoreBOM: true }).decode(bytes);
  const hasMark = decoded.startsWith(MARK);
  const text = hasMark ? decoded.slice(1) : decoded;
  const encoding = { name, hasMark, isExact: true };
  return { text, encoding: { ...encoding, isExact: encode(text, encoding).equals(bytes) } };
}

export function encode(text: string, { name, hasMark }: Encoding): Buffer {
  const whole = hasMark ? MARK + text : text;
  if (name === 'utf-8') return Buffer.from(whole, 'utf8');
  const bytes = Buffer.from(whole, 'utf16le');
  return name === 'utf-16be' ? bytes.swap16() : bytes;
}

function encodingOf(bytes: Uint8Array): Encoding['name'] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}
