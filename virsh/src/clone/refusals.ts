/** Disks that both VMs use, and disks that libvirt cannot copy. */
import { phrase, say } from '../../../server/src/l10n/say.ts';
import { attributeValue, child } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { sourceKey } from './copies.ts';
import type { CloneSource, PooledVolume } from './types.ts';

export const noPool = phrase`lies in no active storage pool, so that libvirt cannot copy it. Start its pool (virsh pool-start NAME), or copy it by hand.`;

/** Media that are read only, and disks that are made to be shared, are used by both. Another host has no read-only disk of this one. */
export function reasonToShare(disk: XmlElement, { isElsewhere = false } = {}): string | undefined {
  const device = attributeValue(disk, 'device') ?? 'disk';
  if (device === 'cdrom') return 'CD-ROM';
  if (device === 'floppy') return say`floppy disk`;
  if (child(disk, 'shareable')) return say`marked as shareable`;
  if (child(disk, 'readonly') && !isElsewhere) return 'read-only';
  return undefined;
}

/** The end of a sentence that begins with the disk. */
export function reasonToRefuse(
  { volumes, unreachable }: CloneSource,
  disk: XmlElement,
  type: string,
  source: XmlElement,
): string | undefined {
  const other = reasonOfKind(disk, type, source);
  if (other !== undefined) return other;
  const key = sourceKey(type, source) ?? '';
  const found = volumes.get(key);
  if (found) return reasonNotToConvert(disk, found.volume.format);
  const reason = unreachable.get(key);
  if (reason !== undefined) return reason;
  return type === 'block'
    ? say`is a device of the host that belongs to no active storage pool. Make a pool of it, or copy it by hand.`
    : String(noPool);
}

/** What no pool can ever have. */
export function reasonOfKind(disk: XmlElement, type: string, source: XmlElement): string | undefined {
  if (attributeValue(disk, 'device') === 'lun')
    return say`is a whole SCSI device of the host, of which there is only one.`;
  if (type === 'network')
    return say`is on the network (${attributeValue(source, 'protocol') ?? say`unknown protocol`}), where libvirt cannot copy it.`;
  if (sourceKey(type, source) === undefined) return say`is of the type ${type}, which libvirt cannot copy.`;
  return undefined;
}

/**
 * A pool judges a file by its first bytes, which the guest of a raw disk writes: it may have put a qcow2 header there that names any file of
 * the host as its base, and a copy would contain that file.
 */
function reasonNotToConvert(disk: XmlElement, format: string | undefined): string | undefined {
  const isRaw = attributeValue(child(disk, 'driver'), 'type') === 'raw';
  if (!isRaw || format === undefined || rawFormats.has(format)) return undefined;
  return say`is used as raw, but its content looks like ${format}, and libvirt would copy it as that. Correct the type in <driver>, or copy the file by hand (cp).`;
}

/** What a pool calls a file whose bytes are the disk's. */
const rawFormats: ReadonlySet<string> = new Set(['raw', 'iso', 'auto', 'unknown', 'none']);

/** Why no image can build upon a disk: the end of a sentence. */
export function reasonNotToLink(disk: XmlElement, { volume }: PooledVolume): string | undefined {
  if (volume.type !== 'file') return say`is no file: a linked clone builds upon files only. Make a full copy.`;
  const format = volume.format ?? 'raw';
  if (format !== 'qcow2' && !rawFormats.has(format))
    return say`has the format ${format}: a linked clone builds upon qcow2 and raw files. Make a full copy.`;
  const isEncrypted = child(disk, 'encryption') ?? child(disk, 'source', 'encryption');
  return isEncrypted
    ? say`is encrypted: a linked clone would need its secret for two images. Make a full copy.`
    : undefined;
}

/** The format of a volume as a backing file is told it: never guessed from what a guest may have written. */
export function backingFormat(format: string): 'qcow2' | 'raw' {
  return format === 'qcow2' ? 'qcow2' : 'raw';
}
