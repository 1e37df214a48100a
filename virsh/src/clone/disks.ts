/** What becomes of each disk: a copy, one that both use, or a reason why the domain cannot be cloned. */
import { phrase, say } from '../../../server/src/l10n/say.ts';
import { removeElement, setAttribute } from '../../../server/src/xml/edits.ts';
import { attributeValue, child, childElements } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { planCopy, sourceKey } from './copies.ts';
import type { Draft } from './draft.ts';
import { copyName } from './names.ts';

export function planDisks(draft: Draft): void {
  const devices = child(draft.domain, 'devices');
  for (const disk of devices ? childElements(devices, 'disk') : []) planDisk(draft, disk);
}

function planDisk(draft: Draft, disk: XmlElement): void {
  const target = attributeValue(child(disk, 'target'), 'dev') ?? '?';
  const source = child(disk, 'source');
  const type = attributeValue(disk, 'type') ?? 'file';
  if (!source || source.attributes.length === 0) {
    draft.disks.push({ action: 'empty', target });
    return;
  }
  const shown = sourceKey(type, source) ?? attributeValue(source, 'name') ?? attributeValue(source, 'dir') ?? type;
  const reason = reasonToShare(disk);
  if (reason) {
    draft.disks.push({ action: 'share', target, source: shown, reason });
    return;
  }
  const refusal = reasonToRefuse(draft, disk, type, source, shown);
  const found = draft.source.volumes.get(sourceKey(type, source) ?? '');
  if (refusal !== undefined || !found) {
    draft.refusals.push(say`Disk ${target} (${shown}) ${refusal ?? noPool}`);
    return;
  }
  const copy = planCopy(draft, found, (taken) => copyName(found.volume.name, draft.source.name, draft.name, taken));
  draft.disks.push({ action: 'copy', target, copy });
  draft.edits.push(
    ...setAttribute(source, pathAttributes[type] ?? 'file', type === 'volume' ? copy.to : copy.toPath, draft.document),
  );
  const backing = child(disk, 'backingStore');
  if (backing) {
    draft.edits.push(...removeElement(backing, draft.document));
    draft.changes.push(
      say`The copy of disk ${target} contains everything that its backing files had; it has none itself.`,
    );
  }
}

const noPool = phrase`lies in no active storage pool, so that libvirt cannot copy it. Start its pool (virsh pool-start NAME), or copy it by hand.`;

/** The attribute of `<source>` that names the disk, by the disk's type. */
const pathAttributes: Readonly<Record<string, string>> = { file: 'file', block: 'dev', volume: 'volume' };

/** Media that are read only, and disks that are made to be shared, are used by both. */
export function reasonToShare(disk: XmlElement): string | undefined {
  const device = attributeValue(disk, 'device') ?? 'disk';
  if (device === 'cdrom') return 'CD-ROM';
  if (device === 'floppy') return say`floppy disk`;
  if (child(disk, 'readonly')) return 'read-only';
  if (child(disk, 'shareable')) return say`marked as shareable`;
  return undefined;
}

function reasonToRefuse(
  { source: { volumes, unreachable } }: Draft,
  disk: XmlElement,
  type: string,
  source: XmlElement,
  shown: string,
): string | undefined {
  if (attributeValue(disk, 'device') === 'lun')
    return say`is a whole SCSI device of the host, of which there is only one.`;
  if (type === 'network')
    return say`is on the network (${attributeValue(source, 'protocol') ?? say`unknown protocol`}), where libvirt cannot copy it.`;
  if (sourceKey(type, source) === undefined) return say`is of the type ${type}, which libvirt cannot copy.`;
  const found = volumes.get(shown);
  if (found) return reasonNotToConvert(disk, found.volume.format);
  const reason = unreachable.get(shown);
  if (reason !== undefined) return reason;
  return type === 'block'
    ? say`is a device of the host that belongs to no active storage pool. Make a pool of it, or copy it by hand.`
    : String(noPool);
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
