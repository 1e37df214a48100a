/** `vol-list POOL`: name and path in two columns. */
import { UnexpectedOutput } from '../command.ts';
import { parseLines } from './text.ts';

/** Both columns may contain blanks, but the path ends with the name. Where it does not (some network pools), the widest gap parts them. */
export function parseVolumeNames(output: string): readonly string[] {
  return parseLines(output).map((line) => {
    const row = line.startsWith(' ') ? line.slice(1) : line;
    const gaps = [...row.matchAll(/ {3,}/g)];
    for (const { index, 0: blanks } of gaps) {
      const name = row.slice(0, index);
      if (row.slice(index + blanks.length).endsWith(`/${name}`)) return name;
    }
    const [widest] = gaps.sort((a, b) => b[0].length - a[0].length);
    if (!widest) throw new UnexpectedOutput(`not a volume: ${line}`);
    return row.slice(0, widest.index);
  });
}
