/** Whether the copies fit: what they take in each pool, against what is free there. */

import { roundedSize } from '../../../server/src/domain/sizes.ts';
import { say } from '../../../server/src/l10n/say.ts';
import type { Pool } from '../output/storageXml.ts';
import type { Draft } from './draft.ts';
import { copiesOf, type VolumeCopy } from './types.ts';

export function planSpace(draft: Draft): void {
  const { source, destination, refusals } = draft;
  const copies = copiesOf(draft);
  const targetPools = destination?.target.pools ?? source.pools;
  refusals.push(...tooFull(targetPools, copies, ({ pool, way, bytes }) => [pool, way === 'pack' ? 2 * bytes : bytes]));
  if (destination)
    refusals.push(
      ...tooFull(source.pools, copies, ({ fromPool, way, bytes }) => [fromPool, isStaged(way) ? bytes : 0]),
    );
}

function isStaged(way: VolumeCopy['way']): boolean {
  return way === 'flatten' || way === 'pack';
}

/** Of pools that do not tell what is free nothing is said. */
function tooFull(
  pools: ReadonlyMap<string, Pool>,
  copies: readonly VolumeCopy[],
  take: (copy: VolumeCopy) => readonly [pool: string, bytes: number],
): readonly string[] {
  const needed = new Map<string, number>();
  for (const [pool, bytes] of copies.map(take)) needed.set(pool, (needed.get(pool) ?? 0) + bytes);
  return [...needed].flatMap(([name, bytes]) => {
    const free = pools.get(name)?.available;
    if (free === undefined || bytes <= free) return [];
    return [
      say`The copies need ${roundedSize(bytes)} in the storage pool ${name}, which has ${roundedSize(free)} free. Make room there, or choose another.`,
    ];
  });
}
