/** Names that somebody may have meant. */

/** Edit distance with swapped neighbours as one edit; above the limit, some number greater than it. */
export function editDistance(from: string, to: string, limit = 3): number {
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  const at = (row: readonly number[], index: number) => row[index] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = at(last, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1);
      let best = Math.min(at(last, j) + 1, at(row, j - 1) + 1, replaced);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1])
        best = Math.min(best, at(beforeLast, j - 2) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, to.length);
}

/** Those near enough to be meant, nearest first: a third of the letters may be wrong, at most three, at least one. */
export function closest(name: string, among: Iterable<string>): string[] {
  const limit = Math.max(1, Math.min(3, Math.floor(name.length / 3)));
  return ranked(name, among, limit)
    .filter(([, distance]) => distance <= limit)
    .map(([one]) => one);
}

/** All of them, nearest first; equally far ones keep their order, as all do where nothing is written yet. */
export function byCloseness(name: string, among: Iterable<string>): string[] {
  if (!name) return [...among];
  return ranked(name, among, Math.max(name.length, 3)).map(([one]) => one);
}

function ranked(name: string, among: Iterable<string>, limit: number): [name: string, distance: number][] {
  const lower = name.toLowerCase();
  return [...among]
    .map((one): [string, number] => [one, one.toLowerCase() === lower ? 0.5 : editDistance(name, one, limit)])
    .sort((a, b) => a[1] - b[1]);
}
