/** Places of drives on IDE, SATA, SCSI and floppy controllers: those that are written, and those that follow from target/@dev. */
import { attributeValue, child } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';
import type { Disk } from './disk.ts';
import { parseTargetName } from './diskTarget.ts';
import type { Domain } from './domain.ts';
import { addressPart } from './guestAddresses.ts';

export type DriveBus = 'ide' | 'sata' | 'scsi' | 'fdc';
export const DRIVE_PARTS = ['controller', 'bus', 'target', 'unit'] as const;
export type DriveNumbers = Readonly<Record<(typeof DRIVE_PARTS)[number], number>>;

export interface DrivePlace extends DriveNumbers {
  readonly device: XmlElement;
  readonly on: DriveBus;
  /** The `<address>`, or undefined where the place follows from the name of the disk. */
  readonly address: XmlElement | undefined;
  readonly disk: Disk | undefined;
}

/** How many units libvirt gives a controller, and a bus of it, when it counts names (virDomainDiskDefAssignAddress). */
const COUNTS: Readonly<Record<DriveBus, readonly [ofController: number, ofBus: number]>> = {
  ide: [4, 2],
  sata: [6, 6],
  scsi: [7, 7],
  fdc: [2, 2],
};

export function isDriveBus(bus: string | undefined): bus is DriveBus {
  return bus !== undefined && Object.hasOwn(COUNTS, bus);
}

/** hda → 0, sdb → 1, vdaa → 26: libvirt counts letters, whatever comes before them. */
function indexOfName(name: string): number | undefined {
  const letters = parseTargetName(name)?.letters;
  if (letters === undefined || letters.length > 6) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 96, 0) - 1;
}

/** The place of the first, second, … drive of a bus. */
export function placeOfIndex(bus: DriveBus, index: number): DriveNumbers {
  const [ofController, ofBus] = COUNTS[bus];
  const inController = index % ofController;
  return {
    controller: Math.floor(index / ofController),
    bus: Math.floor(inController / ofBus),
    target: 0,
    unit: inController % ofBus,
  };
}

/** Where a disk of this name goes when it has no address. */
export function placeOfName(bus: DriveBus, name: string): DriveNumbers | undefined {
  const index = indexOfName(name);
  return index === undefined ? undefined : placeOfIndex(bus, index);
}

/** "scsi 0:0:0:1": the same for two drives that get into each other's way. */
export function driveKey(on: DriveBus, { controller, bus, target, unit }: DriveNumbers): string {
  return `${on} ${controller}:${bus}:${target}:${unit}`;
}

/** Of the disks, and of SCSI devices of the host that have an address, in document order. */
export function drivePlaces(domain: Domain): readonly DrivePlace[] {
  return domain.keep('drive places', () => {
    const disks = new Map(domain.disks.map((disk) => [disk.element, disk]));
    return [...domain.disks.map(({ element }) => element), ...domain.devices('hostdev').filter(isScsi)].flatMap(
      (device) => placeOf(device, disks.get(device)) ?? [],
    );
  });
}

function isScsi(hostdev: XmlElement): boolean {
  return attributeValue(hostdev, 'type') === 'scsi';
}

function placeOf(device: XmlElement, disk: Disk | undefined): DrivePlace | undefined {
  const on = disk ? disk.bus : 'scsi';
  if (!isDriveBus(on)) return undefined;
  const address = child(device, 'address');
  if (address) {
    if (attributeValue(address, 'type') !== 'drive') return undefined;
    const numbers = numbersOf(address);
    return numbers && { ...numbers, device, on, address, disk };
  }
  const implied = disk?.target === undefined ? undefined : placeOfName(on, disk.target);
  return implied && { ...implied, device, on, address: undefined, disk };
}

function numbersOf(address: XmlElement): DriveNumbers | undefined {
  const [controller, bus, target, unit] = DRIVE_PARTS.map((part) => addressPart(address, part));
  if (controller === undefined || bus === undefined || target === undefined || unit === undefined) return undefined;
  return { controller, bus, target, unit };
}
