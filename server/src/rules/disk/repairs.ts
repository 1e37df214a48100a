/** The edits that rules of disks offer. */
import type { Disk } from '../../domain/disk.ts';
import { freeTargetNames, parseTargetName, prefixOfBus } from '../../domain/diskTarget.ts';
import type { Domain } from '../../domain/domain.ts';
import { driveKey, drivePlaces, isDriveBus, placeOfName } from '../../domain/driveAddresses.ts';
import { deviceNamed, suppressedBy } from '../../domain/lintMetadata.ts';
import type { Fix, TextEdit } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertBefore, insertChild, removeElement, setAttribute, setValue } from '../../xml/edits.ts';
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

/** Gives a disk another name, also where a suppression picks it by the one that it has. */
export function renameDisk({ root, document }: Domain, disk: Disk, name: string): TextEdit[] {
  const target = child(disk.element, 'target');
  if (!target || name === disk.target) return [];
  const isPicked = disk.target !== undefined && deviceNamed(disk.target, root) === disk.element;
  return [
    ...setAttribute(target, 'dev', name, document),
    ...(isPicked ? suppressedBy(disk.target, root).flatMap((one) => setValue(one, name, document)) : []),
  ];
}

const none: ReadonlySet<string> = new Set();

/**
 * The name that a disk gets on a bus: its own where that fits, else one that is not taken, with its letters if it can be. A name that
 * stands for the place of another drive is taken.
 * @param given names that other disks are about to get on this bus
 */
export function nameOnBus(
  domain: Domain,
  disk: Disk,
  bus: string,
  given: ReadonlySet<string> = none,
): string | undefined {
  const prefix = prefixOfBus(bus);
  if (prefix === undefined) return undefined;
  const own = disk.target?.startsWith(prefix) ? disk.target : undefined;
  const places = takenPlaces(domain, disk, bus, given);
  const isFree = (name: string): boolean => !places.has(placeKey(bus, name));
  if (own !== undefined && isFree(own)) return own;
  const taken = new Set([...takenTargets(domain), ...given]);
  const wanted = prefix + (parseTargetName(disk.target ?? '')?.letters ?? '');
  if (wanted !== prefix && !taken.has(wanted) && isFree(wanted)) return wanted;
  for (const name of freeTargetNames(prefix, taken)) if (isFree(name)) return name;
  return undefined;
}

/** The places on a bus that other drives have, or will have by their names. */
function takenPlaces(
  domain: Domain,
  disk: Disk,
  bus: string,
  given: ReadonlySet<string>,
): ReadonlySet<string | undefined> {
  const others = drivePlaces(domain).filter(({ device }) => device !== disk.element);
  const there = others.map((place) => driveKey(place.on, place));
  return new Set([...there, ...[...given].flatMap((name) => placeKey(bus, name) ?? [])]);
}

/** Where a drive of this name goes; undefined on a bus whose names stand for no place. */
function placeKey(bus: string, name: string): string | undefined {
  const place = isDriveBus(bus) ? placeOfName(bus, name) : undefined;
  return place && isDriveBus(bus) ? driveKey(bus, place) : undefined;
}

/**
 * Puts a disk on another bus: bus and name of its target, and away with an address that belongs to the old bus.
 * @param given names that other disks are about to get on this bus
 */
export function moveToBus(domain: Domain, disk: Disk, bus: string, given?: ReadonlySet<string>): TextEdit[] {
  const target = child(disk.element, 'target');
  const name = nameOnBus(domain, disk, bus, given);
  if (!target || name === undefined) return [];
  const addresses = childElements(disk.element, 'address');
  return [
    ...renameDisk(domain, disk, name),
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
