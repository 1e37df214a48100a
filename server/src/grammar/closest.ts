/** Names that somebody may have meant. */
import { editDistance } from '../xml/similar.ts';

/** Those near enough to be meant, nearest first: a third of the letters may be wrong, at most three, at least one. */
export function closest(name: string, among: Iterable<string>): string[] {
  const limit = Math.max(1, Math.min(3, Math.floor(name.length / 3)));
  return ranked(name, among, limit)
    .filter(([, distance]) => distance <= limit)
    .map(([one]) => one);
}

/** Names longer than this are nobody's misspelling. */
const longest = 64;

/** All of them, nearest first; equally far ones keep their order, as all do where nothing is written yet. */
export function byCloseness(name: string, among: Iterable<string>): string[] {
  if (!name || name.length > longest) return [...among];
  return ranked(name, among, Math.max(name.length, 3)).map(([one]) => one);
}

/** With their distances; beyond the limit all are equally far. */
function ranked(name: string, among: Iterable<string>, limit: number): [name: string, distance: number][] {
  const lower = name.toLowerCase();
  const distance = (one: string) => {
    if (Math.abs(name.length - one.length) > limit) return limit + 1;
    return one.toLowerCase() === lower ? 0.5 : Math.min(editDistance(name, one), limit + 1);
  };
  return [...among].map((one): [string, number] => [one, distance(one)]).sort((a, b) => a[1] - b[1]);
}
