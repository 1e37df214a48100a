/** The edits that rules of disks offer. */
import type { Disk } from '../../domain/disk.ts';
import { freeTargetName, parseTargetName, prefixOfBus } from '../../domain/diskTarget.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Fix, TextEdit } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertBefore, insertChild, removeElement, setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, child, childElements } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';

/** Gives the disk's driver a setting; makes the driver where there is none. */
export function setDriver(domain: Domain, disk: Disk, name: string, value: string): TextEdit[] {
  if (disk.driver) return setAttribute(disk.driver, name, value, domain.document);
  return insertChild(disk.element, `<driver name='qemu' ${name}='${value}'/>`, domain.document, { first: true });
}

/** The same as a fix: "Change cache to 'none'", or "Add cache='none'". */
export function setDriverFix(domain: Domain, disk: Disk, name: string, value: string): Fix {
  const title = attribute(disk.driver, name) ? say`Change ${name} to '${value}'` : say`Add ${name}='${value}'`;
  return { title, edits: setDriver(domain, disk, name, value) };
}

/** Every name in target/@dev. */
export function takenTargets(domain: Domain): ReadonlySet<string> {
  return domain.keep('target names', () => new Set(domain.disks.flatMap((disk) => disk.target ?? [])));
}

/** Inquiry data and flags that only emulated disks have: a disk with one of them cannot simply move to virtio. */
export function isTiedToBus(disk: Disk): boolean {
  const target = child(disk.element, 'target');
  return (
    ['vendor', 'product', 'wwn'].some((name) => child(disk.element, name)) ||
    ['removable', 'rotation_rate'].some((name) => attribute(target, name))
  );
}

/** The name that a disk gets on a bus: its own where that fits, else one that is not taken, with its letters if it can be. */
export function nameOnBus(disk: Disk, bus: string, taken: ReadonlySet<string>): string | undefined {
  const prefix = prefixOfBus(bus);
  if (prefix === undefined || disk.target?.startsWith(prefix)) return prefix && disk.target;
  return freeTargetName(prefix, parseTargetName(disk.target ?? '')?.letters, taken);
}

/**
 * Puts a disk on another bus: bus and name of its target, and away with an address that belongs to the old bus.
 * @param taken names that other disks have, or are about to get
 */
export function moveToBus(
  domain: Domain,
  disk: Disk,
  bus: string,
  taken: ReadonlySet<string> = takenTargets(domain),
): TextEdit[] {
  const target = child(disk.element, 'target');
  const name = nameOnBus(disk, bus, taken);
  if (!target || name === undefined) return [];
  const renamed = name === disk.target ? [] : setAttribute(target, 'dev', name, domain.document);
  const addresses = childElements(disk.element, 'address');
  return [
    ...renamed,
    ...setAttribute(target, 'bus', bus, domain.document),
    ...addresses.flatMap((address) => removeElement(address, domain.document)),
  ];
}

/** The SCSI controllers, by index as written. */
export function scsiControllers(domain: Domain): readonly XmlElement[] {
  return domain.devices('controller').filter((controller) => attributeValue(controller, 'type') === 'scsi');
}

/** A virtio-scsi controller in front of a device. */
export function addVirtioScsi(domain: Domain, before: XmlElement, index: string): TextEdit[] {
  return insertBefore(before, `<controller type='scsi' index='${index}' model='virtio-scsi'/>`, domain.document);
}
