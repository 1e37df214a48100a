/** Which device is where on the PCI buses. */
import { attributeValue, child } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import type { Domain } from '../domain.ts';
import { addressPart, guestAddresses } from '../guestAddresses.ts';
import { builtIns } from './builtIns.ts';
import { buses } from './buses.ts';
import { pciTopology } from './topology.ts';

/** The four parts of an address; domain is 0 in every guest that runs. */
export interface PciPlace {
  readonly device: XmlElement;
  readonly address: XmlElement;
  readonly domain: number;
  readonly bus: number;
  readonly slot: number;
  readonly function: number;
}

/** The highest numbers that the parts can have. */
export const MOST = { bus: 0xff, slot: 0x1f, function: 7 } as const;

/** Every address that says a place; one that is all 0 does not, and one that cannot be read is left to the grammar. */
export function pciPlaces(domain: Domain): readonly PciPlace[] {
  return domain.keep('PCI places', () =>
    guestAddresses(domain, 'pci').flatMap(({ device, element }): PciPlace[] => {
      const [ofDomain, bus, slot, fn] = ['domain', 'bus', 'slot', 'function'].map((part) => addressPart(element, part));
      if (ofDomain === undefined || bus === undefined || slot === undefined || fn === undefined) return [];
      if (hasNoPlace(device) || (ofDomain === 0 && bus === 0 && slot === 0)) return [];
      return [{ device, address: element, domain: ofDomain, bus, slot, function: fn }];
    }),
  );
}

/** Devices that are switched off, or only another name of one: libvirt forgets their address. */
function hasNoPlace(device: XmlElement): boolean {
  if (device.name === 'console') return true;
  const model = attributeValue(
    device.name === 'video' ? child(device, 'model') : device,
    device.name === 'video' ? 'type' : 'model',
  );
  return model === 'none' && ['memballoon', 'video', 'controller'].includes(device.name);
}

/** The lowest slot of a bus in which nothing is; undefined where the bus is not known, or full. */
export function freeSlot(domain: Domain, bus: number): number | undefined {
  const { busAt, root } = pciTopology(domain);
  const model = busAt(bus);
  if (!model) return undefined;
  const taken = new Set(pciPlaces(domain).flatMap((place) => (place.bus === bus ? place.slot : [])));
  if (bus === 0) for (const { slot } of builtIns(domain)) taken.add(slot);
  // Slot 1 or 2 of the root is where the screen goes by custom.
  const least = bus === 0 ? (root === 'pci-root' ? 3 : 2) : buses[model].firstSlot;
  for (let slot = least; slot <= buses[model].lastSlot; slot++) if (!taken.has(slot)) return slot;
  return undefined;
}
