/** Legal values near to what was written, most likely first. */
import { editDistance } from '../../xml/similar.ts';
import { byCloseness, closest } from '../closest.ts';
import { dataKinds } from '../dataKinds.ts';
import { integerRange } from '../datatypes.ts';
import type { Pattern } from '../pattern.ts';
import type { ValueSet } from '../values.ts';
import { nearestMatch } from './nearest.ts';

/** Values of which each character is tried without. */
const longestShortened = 40;

const yes = new Set(['yes', 'on', 'true', '1', 'enable', 'enabled', 'required']);
const no = new Set(['no', 'off', 'false', '0', 'disable', 'disabled', 'forbid']);

/** Values that were probably meant: words of the same sense, misspelt words, mended data. */
export function meantValues({ words, data }: ValueSet, written: string): string[] {
  const value = written.trim();
  if (!value) return [];
  const sense = [yes, no].find((same) => same.has(value.toLowerCase()));
  return unique([...words.filter((word) => sense?.has(word)), ...closest(value, words), ...nearestData(data, value)]);
}

/** Legal values that can be named though nothing speaks for them: words, and where there are none an example of the data. */
export function otherValues(values: ValueSet, written: string): string[] {
  if (values.words.length) return byCloseness(written, values.words);
  return meantValues(values, written).length ? [] : values.data.flatMap(examples);
}

/** All legal values that can be named where nothing is written. */
export function legalValues(values: ValueSet): string[] {
  return unique([...values.words, ...values.data.flatMap(examples)]);
}

/** Mended data: the nearest, and those as near. */
function nearestData(data: readonly Pattern[], value: string): string[] {
  // More than half must stay: `x` is no slip for `0`.
  const limit = Math.min(Math.max(1, Math.floor(value.length / 3)), Math.floor((value.length - 1) / 2));
  const mended = data
    .flatMap((pattern) => mendedData(pattern, value))
    .map((one) => ({ one, distance: editDistance(value, one) }));
  const least = Math.min(limit, ...mended.map(({ distance }) => distance));
  return mended.filter(({ distance }) => distance <= least).map(({ one }) => one);
}

function mendedData(pattern: Pattern, written: string): string[] {
  const { data } = pattern;
  if (!data) return [];
  const facets = data.facets ?? [];
  const range = integerRange(data.type, facets);
  const candidates: string[] = [];
  if (range && /^[-+]?\d{1,30}$/.test(written)) {
    const number = BigInt(written.replace('+', ''));
    if (range.least !== undefined && number < range.least) candidates.push(String(range.least));
    if (range.greatest !== undefined && number > range.greatest) candidates.push(String(range.greatest));
  }
  for (const [name, value] of range ? [...facets, ['pattern', '[0-9]+'] as const] : facets) {
    const match = name === 'pattern' ? nearestMatch(value, written) : null;
    if (match !== null) candidates.push(match);
  }
  if (written.length <= longestShortened)
    for (let index = 0; index < written.length; index++)
      candidates.push(written.slice(0, index) + written.slice(index + 1));
  return candidates.filter((value) => pattern.test?.(value));
}

/** Values that fit a kind of data where nothing is written yet. */
export function examples(pattern: Pattern): string[] {
  const { data } = pattern;
  if (!data) return [];
  const facets = data.facets ?? [];
  const range = integerRange(data.type, facets);
  const candidates = [dataKinds[data.from ?? '']?.example ?? ''];
  if (range)
    candidates.push(String(range.least !== undefined && range.least > 0n ? range.least : 1), String(range.least ?? 0));
  for (const [name, value] of facets) if (name === 'pattern') candidates.push(nearestMatch(value, '') ?? '');
  candidates.push('name', '1.0', '2030-01-31T12:00:00');
  return candidates.filter((value) => value !== '' && pattern.test?.(value)).slice(0, 1);
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
