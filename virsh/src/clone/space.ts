/** Whether the copies fit: what they take in each pool, against what is free there. */

import { roundedSize } from '../../../server/src/domain/sizes.ts';
import { say } from '../../../server/src/l10n/say.ts';
import type { Draft } from './draft.ts';
import { type CloneSource, copiesOf, type VolumeCopy } from './types.ts';

export function planSpace(draft: Draft): void {
  const { source, destination, refusals } = draft;
  const copies = copiesOf(draft);
  const end = destination?.target ?? source;
  refusals.push(...tooFull(end, copies, ({ pool, way, bytes }) => [pool, way === 'pack' ? 2 * bytes : bytes]));
  if (destination)
    refusals.push(...tooFull(source, copies, ({ fromPool, way, bytes }) => [fromPool, isStaged(way) ? bytes : 0]));
}

function isStaged(way: VolumeCopy['way']): boolean {
  return way === 'flatten' || way === 'pack';
}

/** Of pools that do not tell what is free nothing is said. */
function tooFull(
  { pools, temporaryPools }: Pick<CloneSource, 'pools' | 'temporaryPools'>,
  copies: readonly VolumeCopy[],
  take: (copy: VolumeCopy) => readonly [pool: string, bytes: number],
): readonly string[] {
  const needed = new Map<string, number>();
  for (const [pool, bytes] of copies.map(take)) needed.set(pool, (needed.get(pool) ?? 0) + bytes);
  return [...needed].flatMap(([name, bytes]) => {
    const free = pools.get(name)?.available;
    if (free === undefined || bytes <= free) return [];
    const directory = temporaryPools.find((pool) => pool.name === name)?.directory;
    const place = directory ?? say`the storage pool ${name}`;
    return [
      say`The copies need ${roundedSize(bytes)} in ${place}, which has ${roundedSize(free)} free. Make room there, or choose another.`,
    ];
  });
}
