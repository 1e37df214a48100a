/** Devices of the host that the guest gets: `<hostdev>`, and interfaces that are one. */
import { attributeValue, child } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';
import type { Domain } from './domain.ts';
import { anyNumber } from './freeNumbers.ts';

export interface HostDevice {
  /** hostdev, or interface of type hostdev. */
  readonly element: XmlElement;
  /** @mode: 'subsystem' (the default) or 'capabilities'. */
  readonly mode: string;
  /** 'pci', 'usb', 'scsi', 'scsi_host', 'mdev'; of an interface the type of its source address. */
  readonly type: string;
  readonly source: XmlElement | undefined;
  /** `<address>` in source: where the device is on the host. */
  readonly address: XmlElement | undefined;
}

/** In document order, interfaces last. */
export function hostDevices(domain: Domain): readonly HostDevice[] {
  return domain.keep('hostDevices', () => [
    ...domain.devices('hostdev').map((element) => {
      const source = child(element, 'source');
      return {
        element,
        mode: attributeValue(element, 'mode') ?? 'subsystem',
        type: attributeValue(element, 'type') ?? '',
        source,
        address: source && child(source, 'address'),
      };
    }),
    ...domain.interfaces
      .filter(({ type }) => type === 'hostdev')
      .map(({ element, source }) => {
        const address = source && child(source, 'address');
        return { element, mode: 'subsystem', type: attributeValue(address, 'type') ?? '', source, address };
      }),
  ]);
}

/** The `<hostdev>`s of one type. */
export function assigned(domain: Domain, ...types: readonly string[]): readonly HostDevice[] {
  return hostDevices(domain).filter(
    ({ element, mode, type }) => element.name === 'hostdev' && mode === 'subsystem' && types.includes(type),
  );
}

/** Reached through VFIO, which pins the guest's memory: PCI devices and mediated ones of the same kind. */
export function isVfio({ element, mode, type }: HostDevice): boolean {
  if (mode !== 'subsystem') return false;
  return type === 'pci' || (type === 'mdev' && attributeValue(element, 'model') === 'vfio-pci');
}

/** `0000:06:00.0`, or undefined where the address can't be read. A part that is not written is 0. */
export function pciName(address: XmlElement | undefined): string | undefined {
  if (!address) return undefined;
  const parts = ['domain', 'bus', 'slot', 'function'].map((name) => anyNumber(attributeValue(address, name) ?? '0'));
  const [domain, bus, slot, func] = parts;
  if (domain === undefined || bus === undefined || slot === undefined || func === undefined) return undefined;
  const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0');
  return `${hex(domain, 4)}:${hex(bus, 2)}:${hex(slot, 2)}.${func}`;
}
