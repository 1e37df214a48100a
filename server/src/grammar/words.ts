/** Values, names and lists in words for people. */
import { say } from '../l10n/say.ts';
import { byCloseness } from './closest.ts';
import { dataKinds } from './dataKinds.ts';
import { integerRange } from './datatypes.ts';
import type { Pattern } from './pattern.ts';
import type { ValueSet } from './values.ts';

export const quoted = (text: string) => `\`${text}\``;
export const tag = (name: string) => `\`<${name}>\``;

/** Items that are all named; of more, the three nearest to what was written are. */
const namedInFull = 4;
const nearest = 3;

/** `a`, `b` and `c`. */
export function list(items: readonly string[], last: 'and' | 'or'): string {
  const word = last === 'and' ? say` and ` : say` or `;
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(say`, `)}${word}${items.at(-1)}`;
}

/** The names nearest to what was written, and how many others there are. */
export function someOf(
  names: readonly string[],
  written: string,
  mark: (name: string) => string,
  last: 'and' | 'or',
): string {
  if (names.length <= namedInFull) return list(names.map(mark), last);
  const shown = byCloseness(written, names).slice(0, nearest).map(mark).join(say`, `);
  const others = names.length - nearest;
  return last === 'or' ? say`${shown} or one of ${others} others` : say`${shown} and ${others} others`;
}

/** What may be written, in words: "`none`, `writeback` or a whole number from 1 to 8". Empty where anything may. */
export function valuesInWords(values: ValueSet, written: string): string {
  if (values.anyText) return '';
  const kinds = [...new Set(values.data.map(dataInWords))];
  if (!values.words.length) return list(kinds, 'or');
  const words = someOf(values.words, written, quoted, 'or');
  return kinds.length ? say`${words}, or ${list(kinds, 'or')}` : words;
}

/** A kind of data in words. */
export function dataInWords({ data }: Pattern): string {
  if (!data) return 'text';
  const known = dataKinds[data.from ?? ''];
  if (known) return String(known.words);
  const facets = data.facets ?? [];
  const range = integerRange(data.type, facets);
  if (range) {
    const least = range.least ?? undefined;
    const greatest = range.greatest !== undefined && range.greatest < 2n ** 31n - 1n ? range.greatest : undefined;
    if (least !== undefined && greatest !== undefined) return say`a whole number from ${least} to ${greatest}`;
    if (greatest !== undefined) return say`a whole number up to ${greatest}`;
    return least !== undefined && least > -(2n ** 15n) ? say`a whole number, ${least} or more` : say`a whole number`;
  }
  if (data.type === 'double' || data.type === 'float' || data.type === 'decimal') return 'a number';
  if (data.type === 'dateTime') return say`a date and time such as \`2030-01-31T12:00:00\``;
  return facets.length ? say`text of a certain form` : 'text';
}
