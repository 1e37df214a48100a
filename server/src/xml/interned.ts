/**
 * Names as one string each: they are compared and looked up far more often than they are read. Documents use a few hundred names;
 * beyond MOST, which only foreign or hostile text reaches, each name stays a string of its own.
 */
import { ownCopy } from './ownCopy.ts';

const MOST = 5000;
const LONGEST = 40;

const names = new Map<string, string>();

export function interned(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  if (names.size >= MOST || name.length > LONGEST) return name;
  const own = ownCopy(name);
  if (own !== null) names.set(own, own);
  return own ?? name;
}
