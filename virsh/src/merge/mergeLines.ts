/** The three-way merge of lines, for texts that are not XML, or not yet again. */
import { diffArrays } from 'diff';
import { conflictLines, type Sides } from './markers.ts';

export interface Merge {
  readonly text: string;
  readonly conflicts: number;
}

/** Every line that one side added is in the result, and every line that one side took away is not, or both stand in a conflict. */
export function mergeLines(base: string, theirs: string, ours: string, sides: Sides): Merge {
  const lineBreak = ours.includes('\r\n') ? '\r\n' : '\n';
  const [baseLines, theirLines, ourLines] = [base, theirs, ours].map((text) => text.split(/\r?\n/));
  if (!baseLines || !theirLines || !ourLines) return { text: ours, conflicts: 0 };
  const [inTheirs, inOurs] = [theirLines, ourLines].map((lines) => matches(baseLines, lines));
  const merged: string[] = [];
  let conflicts = 0;
  let at = { base: 0, theirs: 0, ours: 0 };
  const segment = (to: typeof at): void => {
    const before = baseLines.slice(at.base, to.base);
    const [theirPart, ourPart] = [theirLines.slice(at.theirs, to.theirs), ourLines.slice(at.ours, to.ours)];
    if (isSame(before, ourPart) || isSame(theirPart, ourPart)) merged.push(...theirPart);
    else if (isSame(before, theirPart)) merged.push(...ourPart);
    else {
      merged.push(...conflictLines(ourPart, theirPart, sides));
      conflicts++;
    }
  };
  baseLines.forEach((line, index) => {
    const [their, our] = [inTheirs?.get(index), inOurs?.get(index)];
    if (their === undefined || our === undefined) return;
    segment({ base: index, theirs: their, ours: our });
    merged.push(line);
    at = { base: index + 1, theirs: their + 1, ours: our + 1 };
  });
  segment({ base: baseLines.length, theirs: theirLines.length, ours: ourLines.length });
  return { text: merged.join(lineBreak), conflicts };
}

/** Index of a line of the base → index of the same line in the other text. */
function matches(base: readonly string[], other: readonly string[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  let [baseAt, otherAt] = [0, 0];
  for (const { added, removed, count } of diffArrays([...base], [...other])) {
    for (let step = 0; !added && !removed && step < count; step++) found.set(baseAt + step, otherAt + step);
    if (!added) baseAt += count;
    if (!removed) otherAt += count;
  }
  return found;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}
