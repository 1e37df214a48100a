/** Where the data of a disk are. */
import type { XmlNode } from '../output/xml.ts';

/** Pools whose data several hosts reach. */
export const sharedPools: ReadonlySet<string | undefined> = new Set([
  'netfs',
  'gluster',
  'iscsi',
  'iscsi-direct',
  'rbd',
  'mpath',
  'sheepdog',
  'vstorage',
]);

/** The path of a disk whose data are a file or device of the host. */
export function localPath(disk: XmlNode): string | undefined {
  const type = disk.attribute('type') ?? 'file';
  if (type !== 'file' && type !== 'block') return undefined;
  return disk.at('source').attribute(type === 'file' ? 'file' : 'dev');
}
