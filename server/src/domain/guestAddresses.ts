/** Where devices stand in the guest: the `<address>` directly inside each of them. */
import { attribute, attributeValue, child } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';
import type { Domain } from './domain.ts';
import { numberOfAnyBase } from './numbers.ts';

export interface GuestAddress {
  readonly device: XmlElement;
  readonly element: XmlElement;
}

/** What stands in devices and is none that has a place in the guest. */
const NO_DEVICES: ReadonlySet<string> = new Set(['emulator', 'graphics', 'lease', 'audio']);

/** The addresses of one type ('pci', 'drive', 'usb', 'ccw', …), in document order. */
export function guestAddresses(domain: Domain, type: string): readonly GuestAddress[] {
  const byType = domain.keep('guest addresses', () => {
    const map = new Map<string, GuestAddress[]>();
    for (const device of domain.devices()) {
      if (NO_DEVICES.has(device.name)) continue;
      const element = child(device, 'address');
      const written = attributeValue(element, 'type');
      if (!element || written === undefined) continue;
      const list = map.get(written);
      if (list) list.push({ device, element });
      else map.set(written, [{ device, element }]);
    }
    return map;
  });
  return byType.get(type) ?? [];
}

/** A part of an address: 0 where it is not written, as libvirt has it; undefined where it cannot be read. */
export function addressPart(address: XmlElement, name: string): number | undefined {
  const written = attribute(address, name);
  return written ? numberOfAnyBase(written.value) : 0;
}

/** A number as addresses are written: 5 → `0x05`. */
export function hexadecimal(value: number, digits = 2): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}
