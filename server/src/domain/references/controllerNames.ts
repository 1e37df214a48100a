/** A controller is named by its type and index: `scsi 0`. Addresses name the one they are on in the way of their own type. */
import { attributeValue } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { readDisk } from '../disk.ts';
import { numberOfAnyBase } from '../numbers.ts';

/** The name of a controller with this index. */
export function controllerName(index: string, controller: XmlElement): string | undefined {
  return named(attributeValue(controller, 'type') ?? 'ide', index);
}

/** The controller of `<address controller='0'>`: of a drive, of a channel of virtio-serial, of a smartcard. */
export function controllerOfAddress(index: string, address: XmlElement): string | undefined {
  const device = deviceOf(address);
  const type = attributeValue(address, 'type');
  if (type === 'virtio-serial' || type === 'ccid') return device && named(type, index);
  return type === 'drive' && device ? named(driveBus(device), index) : undefined;
}

/** The controller that makes the bus of `<address bus='0'>`: of PCI or USB. The bus of a drive is one within its controller. */
export function busOfAddress(index: string, address: XmlElement): string | undefined {
  const type = attributeValue(address, 'type');
  if (!deviceOf(address)) return undefined;
  if (type === 'usb') return named(type, index);
  return type === 'pci' && !numberOfAnyBase(attributeValue(address, 'domain')) ? named(type, index) : undefined;
}

export function pciBus(index: string): string | undefined {
  return named('pci', index);
}

/** The device that stands at an address: an address within its `<source>` is one of the host. */
function deviceOf({ parent }: XmlElement): XmlElement | undefined {
  return parent?.parent?.name === 'devices' ? parent : undefined;
}

function driveBus(device: XmlElement): string | undefined {
  return device.name === 'disk' ? readDisk(device).bus : 'scsi';
}

function named(type: string | undefined, index: string): string | undefined {
  const number = numberOfAnyBase(index);
  return type === undefined || number === undefined ? undefined : `${type} ${number}`;
}
