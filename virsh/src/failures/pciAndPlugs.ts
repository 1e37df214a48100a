/** Places on the guest's buses, controllers and their number. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

export const pciAndPlugs: readonly FailureEntry[] = [
  {
    pattern: /Attempted double use of PCI Address ([\da-f:.]+)/i,
    kind: 'refused',
    message: phrase`Two devices have the PCI address $1. Remove the <address> of one of them: libvirt then finds a free one.`,
  },
  {
    pattern: /Invalid PCI address (\w+)='(\S+?)', must be (.*)/,
    kind: 'refused',
    message: phrase`A PCI address has no $1 $2: it must be $3. Correct it, or remove <address>.`,
    place: { at: ['//address@$1'], value: '$2' },
  },
  {
    pattern: /Invalid PCI address ([\da-f:.]+)\. slot must be >= (\d+)/i,
    kind: 'refused',
    message: phrase`On that bus the first slot is $2, so nothing fits the PCI address $1. Correct it, or remove <address>.`,
  },
  {
    pattern: /PCI controller with index='0' must be model='(.+?)' for this machine type, but model='(.+?)'/,
    kind: 'refused',
    message: phrase`The machine type begins with a $1 controller, and the definition with a $2 one. Change the model, or the machine type.`,
    place: { at: ['devices/controller@model'], value: '$2' },
  },
  {
    pattern: /device at PCI address (\S+) cannot be plugged into the PCI controller with index='(\d+)'/,
    kind: 'refused',
    message: phrase`The PCI controller $2 has no plug for the device at $1. Remove its <address>: libvirt then finds a fitting one.`,
    place: { at: ['devices/controller@index'], value: '$2' },
  },
  {
    pattern: /No PCI buses available/,
    kind: 'refused',
    message: phrase`The machine type has no PCI, and a device needs it. Take pc or q35.`,
    place: { at: ['os/type@machine'] },
  },
  {
    pattern: /No more available PCI slots|a PCI slot is needed to connect/,
    kind: 'refused',
    message: phrase`All PCI slots of the VM are taken. On q35 add <controller type="pci" model="pcie-root-port"/> elements, one a device to come, and start it anew.`,
  },
  {
    pattern: /Multiple '(\w+)' controllers with index '(\d+)'/,
    kind: 'refused',
    message: phrase`Two $1 controllers have the index $2. Give one of them another, or remove it.`,
    place: { at: ['devices/controller@index'], value: '$2' },
  },
  {
    pattern: /only a single (.+?) device is supported/,
    kind: 'refused',
    message: phrase`A VM has at most one device of this kind ($1). Remove the others.`,
    place: { at: ['devices/watchdog', 'devices/memballoon'] },
  },
  {
    pattern: /USB is disabled for this domain|USB bus is disabled|Domain has no USB bus support|USB: USB is disabled/,
    kind: 'refused',
    message: phrase`The VM has no USB, and a device needs it. Remove the controller with model none, or the device.`,
    place: { at: ['devices/controller@model'], value: 'none' },
  },
  {
    pattern: /boot order '(\d+)' used for more than one device/,
    kind: 'refused',
    message: phrase`Two devices have the boot order $1. Number them anew.`,
    place: { at: ['devices/*/boot@order'], value: '$1' },
  },
  {
    pattern: /per-device boot elements cannot be used together with os\/boot/,
    kind: 'refused',
    message: phrase`Boot order is given twice: in <os> and at the devices. Remove one of them.`,
    place: { at: ['os/boot', 'devices/*/boot'] },
  },
];
