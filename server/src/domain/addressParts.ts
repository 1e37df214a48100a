/** The parts of a device's address that are still free, given the other parts that are written. */
import { attributeValue } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';
import type { Domain } from './domain.ts';
import { anyNumber, freeNumber, numbersOf } from './freeNumbers.ts';

/** Buses of disks that controllers of these types provide. */
const controllerTypes: Readonly<Record<string, readonly string[]>> = {
  drive: ['scsi', 'sata', 'ide', 'fdc'],
  'virtio-serial': ['virtio-serial'],
  ccid: ['ccid'],
};
/** Slot 0 of a PCI bus is the host's. */
const firstSlot = 1;
const lastSlot = 31;

/** Values for a part of an address, likeliest first. Empty where nothing can be said. */
export function freeAddressPart(domain: Domain, address: XmlElement, part: string): string[] {
  const type = attributeValue(address, 'type') ?? '';
  if (type === 'pci') {
    if (part === 'bus') return pciBuses(domain);
    if (part === 'slot') return freeSlot(domain, address);
    return [];
  }
  if (part === 'controller') return controllersOf(domain, address, type);
  const counted = type === 'drive' ? 'unit' : type === 'virtio-serial' ? 'port' : undefined;
  if (part !== counted) return [];
  return [
    String(
      freeNumber(numbersOf(beside(domain, address, ['controller', 'bus', 'target']), part), type === 'drive' ? 0 : 1),
    ),
  ];
}

function pciBuses(domain: Domain): string[] {
  const buses = domain.devices('controller').filter((one) => attributeValue(one, 'type') === 'pci');
  const indices = new Set([0, ...numbersOf(buses, 'index')]);
  return [...indices].sort((a, b) => a - b).map(hexadecimal);
}

function freeSlot(domain: Domain, address: XmlElement): string[] {
  const slot = freeNumber(numbersOf(beside(domain, address, ['domain', 'bus']), 'slot'), firstSlot);
  return slot > lastSlot ? [] : [hexadecimal(slot)];
}

function controllersOf(domain: Domain, address: XmlElement, type: string): string[] {
  const types = controllerTypes[type] ?? [];
  const disk = domain.disks.find((one) => one.element === address.parent);
  const wanted = disk?.bus !== undefined && types.includes(disk.bus) ? [disk.bus] : types;
  const controllers = domain.devices('controller').filter((one) => wanted.includes(attributeValue(one, 'type') ?? ''));
  return [...new Set([...numbersOf(controllers, 'index'), 0])].sort((a, b) => a - b).map(String);
}

/** The other addresses of the same type whose other parts are the same; a part that is not written is 0. */
function beside(domain: Domain, address: XmlElement, parts: readonly string[]): XmlElement[] {
  const value = (one: XmlElement, part: string) => anyNumber(attributeValue(one, part)) ?? 0;
  return domain
    .elements('address')
    .filter(
      (one) =>
        one !== address &&
        attributeValue(one, 'type') === attributeValue(address, 'type') &&
        parts.every((part) => value(one, part) === value(address, part)),
    );
}

function hexadecimal(number: number): string {
  return `0x${number.toString(16).padStart(2, '0')}`;
}
