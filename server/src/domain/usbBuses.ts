/** What is at which port of the USB buses. */
import { attribute, attributeValue } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';
import { type Controller, controllersOf } from './controllers.ts';
import type { Domain } from './domain.ts';
import { guestAddresses } from './guestAddresses.ts';
import { numberOfAnyBase } from './numbers.ts';
import { platform } from './platform.ts';
import { hasUsbByItself, isCompanion, isUsbDevice, isXhci } from './usb.ts';

const HUB_PORTS = 8;

/** As virDomainUSBAddressControllerModelToPorts has it; an ICH9 companion lends its ports to the EHCI controller. */
const PORTS: ReadonlyMap<string, number> = new Map([
  ['piix3-uhci', 2],
  ['piix4-uhci', 2],
  ['vt82c686b-uhci', 2],
  ['ehci', 6],
  ['ich9-ehci1', 6],
  ['pci-ohci', 3],
  ['nec-xhci', 4],
  ['qemu-xhci', 4],
]);

/** Undefined where it depends on the QEMU at hand. */
function portsOf(controller: Controller, domain: Domain): number | undefined {
  const written = isXhci(controller) ? attribute(controller.element, 'ports') : undefined;
  if (written) return numberOfAnyBase(written.value);
  const model = controller.model ?? (platform(domain).machine === 'i440fx' ? 'piix3-uhci' : '');
  return PORTS.get(model);
}

/** A controller's or a hub's sockets. */
export interface Sockets {
  /** Undefined where it is not known how many there are. */
  readonly ports: number | undefined;
  readonly taken: Map<number, XmlElement>;
  readonly hubs: Map<number, Sockets>;
}

function sockets(ports: number | undefined): Sockets {
  return { ports, taken: new Map(), hubs: new Map() };
}

/** The buses by number, with nothing plugged in; undefined where an index can't be read. */
export function usbBuses(domain: Domain): Map<number, Sockets> | undefined {
  const buses = new Map<number, Sockets>();
  for (const controller of controllersOf(domain, 'usb')) {
    const { index, model } = controller;
    if (index === undefined) return undefined;
    if (!isCompanion(controller) && model !== 'none') buses.set(index, sockets(portsOf(controller, domain)));
  }
  // libvirt adds the controller of index 0 where the machine has one by itself.
  if (
    !buses.has(0) &&
    hasUsbByItself(domain) !== false &&
    !controllersOf(domain, 'usb').some(({ index }) => index === 0)
  ) {
    const ports = platform(domain).machine === 'i440fx' ? PORTS.get('piix3-uhci') : undefined;
    buses.set(0, sockets(ports));
  }
  return buses;
}

/** A device, the hubs that lead to it, and its own port. */
export interface UsbPlace {
  readonly device: XmlElement;
  readonly address: XmlElement;
  readonly bus: number;
  /** Empty where libvirt is to choose. */
  readonly path: readonly number[];
}

/** The addresses of USB devices, hubs first: in that order libvirt takes them. */
export function usbPlaces(domain: Domain): readonly UsbPlace[] {
  const places = guestAddresses(domain, 'usb').flatMap(({ device, element }): UsbPlace[] => {
    const bus = attribute(element, 'bus') ? numberOfAnyBase(attributeValue(element, 'bus')) : 0;
    const port = attributeValue(element, 'port');
    if (bus === undefined || !isUsbDevice(device, domain)) return [];
    if (port !== undefined && !/^\d{1,3}(\.\d{1,3}){0,3}$/.test(port)) return [];
    const numbers = (port ?? '').split('.').map(Number);
    const end = numbers.indexOf(0);
    return [{ device, address: element, bus, path: end < 0 ? numbers : numbers.slice(0, end) }];
  });
  const isHub = ({ device }: UsbPlace) => device.name === 'hub';
  return [...places.filter(isHub), ...places.filter((place) => !isHub(place))];
}

/** Plugs a hub into a port. */
export function plugHub(into: Sockets, port: number): void {
  into.hubs.set(port, sockets(HUB_PORTS));
}
