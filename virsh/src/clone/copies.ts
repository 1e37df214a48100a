/** The copy of one volume: where it goes, what it is called and how it gets there. */
import { attributeValue } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import type { Volume } from '../output/storageXml.ts';
import type { Draft } from './draft.ts';
import { poolNeed } from './needs.ts';
import type { CopyWay, PooledVolume, VolumeCopy } from './types.ts';

/** Under which key `CloneSource.volumes` has the volume of a `<source>`; undefined for what no pool can have. */
export function sourceKey(type: string, source: XmlElement): string | undefined {
  if (type === 'file') return attributeValue(source, 'file');
  if (type === 'block') return attributeValue(source, 'dev');
  if (type === 'volume') return `${attributeValue(source, 'pool')}/${attributeValue(source, 'volume')}`;
  return undefined;
}

export interface CopyPlace {
  readonly pool: string;
  /** Ends with a slash. */
  readonly folder: string;
}

/** Where the copy of a volume goes: its own pool, or the one of the other host that takes its place; undefined where none has been chosen. */
export function placeFor({ source, destination }: Draft, { pool, volume }: PooledVolume): CopyPlace | undefined {
  if (!destination) return { pool, folder: volume.path.slice(0, volume.path.lastIndexOf('/') + 1) };
  return placeIn(destination, destination.placement.pools.get(poolNeed(source, pool)));
}

/** A pool of the other host. */
export function placeIn(
  { target }: NonNullable<Draft['destination']>,
  pool: string | undefined,
): CopyPlace | undefined {
  const path = pool === undefined ? undefined : target.pools.get(pool)?.path;
  return pool === undefined || path === undefined ? undefined : { pool, folder: `${path}/` };
}

/** Plans a copy. `name` chooses among the names that are not taken. */
export function planCopy(
  draft: Draft,
  { pool: fromPool, volume }: PooledVolume,
  { pool, folder }: CopyPlace,
  name: (taken: ReadonlySet<string>) => string,
): VolumeCopy {
  const taken = draft.takenVolumes.get(pool) ?? new Set<string>();
  draft.takenVolumes.set(pool, taken);
  const to = name(taken);
  taken.add(to);
  const way = draft.destination ? wayToSend(volume) : 'clone';
  return {
    way,
    fromPool,
    from: volume.name,
    fromPath: volume.path,
    pool,
    to,
    toPath: folder + to,
    format: volume.format ?? 'raw',
    capacity: volume.capacity,
    bytes: way === 'send' ? Math.max(volume.physical, volume.allocation) : volume.allocation,
    staged: `virtlint-clone-${draft.identities.uuid()}.qcow2`,
  };
}

/** Fewer bytes in holes are sent faster than they are packed. */
const worthPacking = 64 * 1024 * 1024;

function wayToSend({ type, format, backingPath, physical, allocation }: Volume): CopyWay {
  if (type !== 'file') return 'send';
  if (backingPath !== undefined) return 'flatten';
  return format === 'raw' && physical - allocation > worthPacking ? 'pack' : 'send';
}
