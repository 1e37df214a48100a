/** Lines of the document that is written. */
import { escapeAttribute } from '../xml/edits.ts';

export type Lines = readonly string[];

/** A value between single quotes. */
export function quoted(value: string | number): string {
  return `'${escapeAttribute(String(value), "'")}'`;
}

/** Lines only where something holds. */
export function when(condition: boolean, ...lines: Lines): Lines {
  return condition ? lines : [];
}

/** An element around lines, these one step further in. */
export function around(tag: string, ...parts: readonly (string | Lines)[]): Lines {
  const inner = parts.flat().map((line) => `  ${line}`);
  return [`<${tag}>`, ...inner, `</${tag.replace(/\s.*$/s, '')}>`];
}

/** What a decision is about. A comment must not hold two hyphens, which names of files may have: then nothing is said. */
export function remark(text: string): Lines {
  return text.includes('--') || text.endsWith('-') ? [] : [`<!-- ${text} -->`];
}
