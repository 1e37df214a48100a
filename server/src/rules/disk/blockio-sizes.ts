import type { Disk } from '../../domain/disk.ts';
import type { Domain } from '../../domain/domain.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, child, childElements, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { dropAttribute } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { qemuDisks } from './places.ts';

/** What every size falls back to (QEMU, block devices). */
const SECTOR = 512;

interface Match {
  readonly at: XmlAttribute;
  readonly message: string;
  readonly repair: (domain: Domain) => Fix;
}

/** An attribute of blockio and its number; undefined where absent, no number or 0 (unset). */
function size(blockio: XmlElement, name: string): { at: XmlAttribute; bytes: number } | undefined {
  const at = attribute(blockio, name);
  const bytes = wholeNumber(at?.value);
  return at && bytes ? { at, bytes } : undefined;
}

function change(at: XmlAttribute, bytes: number): (domain: Domain) => Fix {
  return (domain) => ({
    title: say`Change ${at.name} to '${bytes}'`,
    edits: setAttribute(at.parent, at.name, `${bytes}`, domain.document),
  });
}

/** 512 and 4096 in the places of each other. */
function swap(blockio: XmlElement, logical: number, physical: number): (domain: Domain) => Fix {
  return ({ document }) => ({
    title: say`Report ${physical} bytes logical, ${logical} physical`,
    edits: [
      ...setAttribute(blockio, 'logical_block_size', `${physical}`, document),
      ...setAttribute(blockio, 'physical_block_size', `${logical}`, document),
    ],
  });
}

/** A guest without UEFI starts from this disk: the first in order, else the first there is. */
function isBiosBootDisk(domain: Domain, disk: Disk): boolean {
  const os = child(domain.root, 'os');
  const isUefi = attributeValue(os, 'firmware') === 'efi' || (os && child(os, 'loader')) !== undefined;
  if (isUefi || !domain.isX86 || !os || child(os, 'kernel')) return false;
  const order = attributeValue(child(disk.element, 'boot'), 'order');
  if (order !== undefined) return order === '1';
  const byOrder = domain.keep('boot order', () => domain.devices().some((device) => child(device, 'boot')));
  const first = childElements(os, 'boot')[0];
  const fromDisk = first === undefined || attributeValue(first, 'dev') === 'hd';
  return (
    !byOrder && fromDisk && domain.keep('first disk', () => domain.disks.find((one) => one.device === 'disk')) === disk
  );
}

/** The first objection to the sizes of a disk. */
function objection(domain: Domain, disk: Disk): Match | undefined {
  const blockio = child(disk.element, 'blockio');
  if (!blockio) return undefined;
  const logical = size(blockio, 'logical_block_size');
  const physical = size(blockio, 'physical_block_size');
  const granularity = size(blockio, 'discard_granularity');
  for (const one of [logical, physical]) {
    if (!one || (one.bytes >= SECTOR && Number.isInteger(Math.log2(one.bytes)))) continue;
    const message = say`A block size is a power of two from ${SECTOR} bytes; with ${one.bytes} QEMU refuses to start the guest. Usual are 512 and 4096.`;
    return { at: one.at, message, repair: change(one.at, one.bytes < 2048 ? 512 : 4096) };
  }
  const smallest = logical?.bytes ?? SECTOR;
  if (logical && logical.bytes > (physical?.bytes ?? SECTOR)) {
    const message = say`Logical blocks of ${logical.bytes} bytes are larger than the physical ones of ${physical?.bytes ?? SECTOR}: libvirt defines it, then QEMU refuses to start the guest. Report 512 logical and 4096 physical for a disk with 4 KiB sectors.`;
    return { at: logical.at, message, repair: swap(blockio, logical.bytes, physical?.bytes ?? SECTOR) };
  }
  if (granularity && granularity.bytes % smallest !== 0) {
    const message = say`The discard granularity of ${granularity.bytes} bytes is no multiple of the logical block of ${smallest}: QEMU refuses to start the guest.`;
    return { at: granularity.at, message, repair: (whole) => dropAttribute(granularity.at, whole.document) };
  }
  if (logical && logical.bytes > SECTOR && isBiosBootDisk(domain, disk)) {
    const message = say`A BIOS guest cannot boot from a disk with logical blocks of ${logical.bytes} bytes, and an installed system that knew 512 finds its partitions no more. Use 512 (4096 as the physical size), or UEFI.`;
    return { at: logical.at, message, repair: change(logical.at, SECTOR) };
  }
  return undefined;
}

export const rule = defineRule<Match>({
  id: 'disk/blockio-sizes',
  severity: 'warning',
  needs: ['blockio'],
  since: '0.10.2',
  find: (domain) => qemuDisks(domain).flatMap((disk) => objection(domain, disk) ?? []),
  say: ({ at, message }) => ({ at: valueSpan(at), message }),
  fix: ({ repair }, domain) => [repair(domain)],
});
