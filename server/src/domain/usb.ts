/** USB: which devices need it, and whether the guest has it. */
import { attributeValue, child } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';
import { type Controller, controllersOf } from './controllers.ts';
import type { Domain } from './domain.ts';
import { platform } from './platform.ts';

/** The most ports that a controller can have. */
export const MOST_PORTS = 15;

/** An ICH9 companion, whose ports are those of its EHCI controller: it has no bus of its own. */
export function isCompanion({ model }: Controller): boolean {
  return /^ich9-uhci\d$/.test(model ?? '');
}

/** A controller that counts as somebody's companion: libvirt wants one that does not (virDomainDefParseXML). */
export function hasMaster(controller: Controller): boolean {
  return isCompanion(controller) || child(controller.element, 'master') !== undefined;
}

export function isXhci({ model }: Controller): boolean {
  return model === 'nec-xhci' || model === 'qemu-xhci';
}

/** The machines that get a USB controller where none is written (qemuDomainDefAddDefaultDevices); undefined of unknown ones. */
export function hasUsbByItself(domain: Domain): boolean | undefined {
  const { machine } = platform(domain);
  if (machine === 'q35' || machine === 'i440fx' || machine === 'pseries') return true;
  return machine === undefined || machine === 'other' ? undefined : false;
}

/** The guest has a USB bus: a controller is written that is not `none`, or libvirt adds one. Undefined where it can't be told. */
export function hasUsb(domain: Domain): boolean | undefined {
  const controllers = controllersOf(domain, 'usb');
  return controllers.length === 0 ? hasUsbByItself(domain) : controllers.some(({ model }) => model !== 'none');
}

/** A device that is plugged into USB (virDomainUSBDeviceDefForeach). */
export function isUsbDevice(device: XmlElement, domain: Domain): boolean {
  const type = attributeValue(device, 'type');
  switch (device.name) {
    case 'hub':
      return type === 'usb';
    case 'redirdev':
      return (attributeValue(device, 'bus') ?? 'usb') === 'usb';
    case 'input':
      return (attributeValue(device, 'bus') ?? (type === 'tablet' && domain.isX86 ? 'usb' : '')) === 'usb';
    case 'hostdev':
      return type === 'usb';
    case 'disk':
      return attributeValue(child(device, 'target'), 'bus') === 'usb';
    case 'sound':
      return attributeValue(device, 'model') === 'usb';
    case 'serial':
      return attributeValue(child(device, 'target'), 'type') === 'usb-serial';
    case 'controller':
      return type === 'ccid';
    case 'smartcard':
      return true;
    case 'interface':
      return attributeValue(child(device, 'model'), 'type') === 'usb-net';
    default:
      return false;
  }
}
