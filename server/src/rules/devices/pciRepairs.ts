/** The repairs of PCI addresses. */
import type { Domain } from '../../domain/domain.ts';
import { hexadecimal } from '../../domain/guestAddresses.ts';
import { freeSlot, type PciPlace } from '../../domain/pci/places.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';

/** What is always possible: libvirt knows a place for every device. */
export function withoutAddress(address: XmlElement, domain: Domain): Fix {
  return dropElement(address, domain.document, say`Remove <address>: libvirt finds a place`);
}

/** Moves a device to the lowest free slot of its bus, or of another. */
export function toFreeSlot(place: PciPlace, domain: Domain, bus = place.bus): Fix | undefined {
  const slot = freeSlot(domain, bus);
  if (slot === undefined) return undefined;
  const { document } = domain;
  const { address } = place;
  const set = (name: string, now: number, wanted: number, digits: number) =>
    now === wanted ? [] : setAttribute(address, name, hexadecimal(wanted, digits), document);
  return {
    title: say`Move to bus ${hexadecimal(bus)}, slot ${hexadecimal(slot)}`,
    edits: [
      ...(attribute(address, 'domain') ? set('domain', place.domain, 0, 4) : []),
      ...set('bus', place.bus, bus, 2),
      ...set('slot', place.slot, slot, 2),
      ...set('function', place.function, 0, 1),
    ],
  };
}

/** "0000:00:05.0", as libvirt and lspci write it. */
export function placeName({ domain, bus, slot, function: fn }: Omit<PciPlace, 'device' | 'address'>): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  return `${hex(domain, 4)}:${hex(bus, 2)}:${hex(slot, 2)}.${hex(fn, 1)}`;
}
