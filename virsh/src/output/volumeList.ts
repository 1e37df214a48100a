/** `vol-list POOL`: name and path in two columns. */
import { UnexpectedOutput } from '../command.ts';
import { parseLines } from './text.ts';

export interface VolumeEntry {
  readonly name: string;
  readonly path: string;
}

/** Both columns may contain blanks, but the path ends with the name. Where it does not (some network pools), the widest gap parts them. */
export function parseVolumes(output: string): readonly VolumeEntry[] {
  return parseLines(output).map((line) => {
    const row = line.startsWith(' ') ? line.slice(1) : line;
    const gaps = [...row.matchAll(/ {3,}/g)];
    for (const { index, 0: blanks } of gaps) {
      const name = row.slice(0, index);
      const path = row.slice(index + blanks.length).trimEnd();
      if (path.endsWith(`/${name}`)) return { name, path };
    }
    const [widest] = gaps.sort((a, b) => b[0].length - a[0].length);
    if (!widest) throw new UnexpectedOutput(`not a volume: ${line}`);
    return { name: row.slice(0, widest.index), path: row.slice(widest.index + widest[0].length).trimEnd() };
  });
}
