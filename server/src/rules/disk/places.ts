/** What every rule of disks asks: which disks, and where a finding about one of their settings stands. */

import type { Disk } from '../../domain/disk.ts';
import { prefixOfBus } from '../../domain/diskTarget.ts';
import type { Domain } from '../../domain/domain.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, child, nameSpan } from '../../xml/query.ts';
import type { Span } from '../../xml/tree.ts';
import { placeOf } from '../refusal.ts';

/** The disks of a guest that QEMU runs; none of another hypervisor's. */
export function qemuDisks(domain: Domain): readonly Disk[] {
  return domain.isQemu ? domain.disks : [];
}

export function driverValue(disk: Disk, name: string): string | undefined {
  return attributeValue(disk.driver, name);
}

/** The bus, where it is one that libvirt's grammar knows; a misspelt one is the grammar's to report. */
export function knownBus(disk: Disk): string | undefined {
  return disk.bus !== undefined && prefixOfBus(disk.bus) !== undefined ? disk.bus : undefined;
}

/** A driver's setting, else the driver, else the disk. */
export function driverPlace(disk: Disk, name: string): Span {
  return disk.driver ? placeOf(disk.driver, name) : nameSpan(disk.element);
}

/** target/@bus, else the target's name that the bus follows from, else the disk. */
export function busPlace(disk: Disk): Span {
  const target = child(disk.element, 'target');
  if (!target) return nameSpan(disk.element);
  return placeOf(target, attribute(target, 'bus') ? 'bus' : 'dev');
}

/** The value in source that names the image, else source, else the disk. */
export function sourcePlace(disk: Disk): Span {
  if (!disk.source) return nameSpan(disk.element);
  const name = ['file', 'dev', 'dir', 'name'].find((candidate) => attribute(disk.source, candidate));
  return placeOf(disk.source, name ?? 'file');
}

/** `vda`, or "this disk": how messages call a disk in the middle of a sentence. */
export function shortName(disk: Disk): string {
  return disk.target ? `\`${disk.target}\`` : say`this disk`;
}
