/** Disks whose contents a live migration can copy along: files that the guest writes and that the two hosts do not share. */
import { readXml, type XmlNode } from '../output/xml.ts';
import { localPath, sharedPools } from './diskPlaces.ts';
import type { MigrationFacts, PathPlace } from './types.ts';

export interface DiskCopy {
  /** `vda`. */
  readonly target: string;
  readonly path: string;
  /** The active pool of the target host whose directory the image will lie in: libvirt makes the image there. */
  readonly pool: string;
}

/**
 * libvirt would copy every disk that is written, those on the network too: onto themselves. An empty file for a block device is not made by
 * libvirt.
 */
export function isCopyable(disk: XmlNode, place: PathPlace | undefined): boolean {
  const isWritten = !disk.at('readonly').exists && !disk.at('shareable').exists;
  const isFile = (disk.attribute('type') ?? 'file') === 'file' && localPath(disk) !== undefined;
  return isFile && isWritten && (disk.attribute('device') ?? 'disk') === 'disk' && !sharedPools.has(place?.targetPool);
}

/** The disks that are copied along, where the check finds nothing against it. */
export function copiedDisksOf({ xml, paths }: Pick<MigrationFacts, 'xml' | 'paths'>): readonly DiskCopy[] {
  return readXml(xml, 'domain')
    .at('devices')
    .all('disk')
    .flatMap((disk) => {
      const path = localPath(disk) ?? '';
      const place = paths.get(path);
      const target = disk.at('target').attribute('dev');
      if (!isCopyable(disk, place) || target === undefined || place?.targetDirectory === undefined) return [];
      return [{ target, path, pool: place.targetDirectory }];
    });
}
