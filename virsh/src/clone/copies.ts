/** The copy of one volume: where it goes and what it is called. */

import { attributeValue } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import type { Draft } from './draft.ts';
import type { PooledVolume, VolumeCopy } from './types.ts';

/** Under which key `CloneSource.volumes` has the volume of a `<source>`; undefined for what no pool can have. */
export function sourceKey(type: string, source: XmlElement): string | undefined {
  if (type === 'file') return attributeValue(source, 'file');
  if (type === 'block') return attributeValue(source, 'dev');
  if (type === 'volume') return `${attributeValue(source, 'pool')}/${attributeValue(source, 'volume')}`;
  return undefined;
}

/** Plans a copy in the volume's own pool. `name` chooses among the names that are not taken. */
export function planCopy(
  draft: Draft,
  { pool, volume }: PooledVolume,
  name: (taken: ReadonlySet<string>) => string,
): VolumeCopy {
  const taken = draft.takenVolumes.get(pool) ?? new Set<string>();
  draft.takenVolumes.set(pool, taken);
  const to = name(taken);
  taken.add(to);
  const folder = volume.path.slice(0, volume.path.lastIndexOf('/') + 1);
  return { pool, from: volume.name, to, fromPath: volume.path, toPath: folder + to, bytes: volume.allocation };
}
