/** Devices of PCI on the PCs that have none: the oldest, and the smallest (qemuDomainSupportsPCI). */
import { controllersOf } from '../../domain/controllers.ts';
import type { Domain } from '../../domain/domain.ts';
import { platform } from '../../domain/platform.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { machinePlace, type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';

/** Devices that are of PCI whatever their model. */
const ALWAYS: ReadonlySet<string> = new Set(['rng', 'vsock', 'filesystem', 'shmem']);
/** Where the model is told, and the models that are not of PCI. */
const NOT_PCI: ReadonlyMap<string, readonly string[]> = new Map([
  ['interface', ['ne2k_isa', 'usb-net']],
  ['sound', ['sb16', 'pcspk', 'usb']],
  ['video', ['none']],
  ['memballoon', ['none', 'xen']],
  ['watchdog', ['ib700', 'diag288', 'itco']],
]);
const CONTROLLERS: ReadonlySet<string> = new Set(['usb', 'sata', 'scsi', 'virtio-serial', 'nvme']);

function modelOf(device: XmlElement): XmlAttribute | undefined {
  return attribute(device, 'model') ?? attribute(child(device, 'model'), 'type');
}

const WITHOUT_PCI: ReadonlySet<string> = new Set(['isapc', 'microvm']);

/** libvirt would look for a PCI bus for it: there is no address of another kind. */
function isOfPci(device: XmlElement): boolean {
  const address = attributeValue(child(device, 'address'), 'type');
  if (address !== undefined && address !== 'pci') return false;
  const model = modelOf(device)?.value.trim();
  const others = NOT_PCI.get(device.name);
  if (others) return model === undefined || !others.includes(model);
  if (device.name === 'controller') return CONTROLLERS.has(attributeValue(device, 'type') ?? '') && model !== 'none';
  if (device.name === 'disk') return attributeValue(child(device, 'target'), 'bus') === 'virtio';
  if (device.name === 'input') return attributeValue(device, 'bus') === 'virtio';
  return ALWAYS.has(device.name);
}

function isWithoutPci(domain: Domain): boolean {
  return WITHOUT_PCI.has(platform(domain).machine ?? '');
}

function* strangers(domain: Domain): Generator<Refused> {
  // With a PCI controller written, libvirt believes that there is PCI.
  if (!isWithoutPci(domain) || controllersOf(domain, 'pci').length > 0) return;
  for (const device of domain.devices().filter(isOfPci)) {
    const model = modelOf(device);
    yield {
      at: model ? valueSpan(model) : nameSpan(device),
      message: say`The machine \`${domain.machine}\` has no PCI for libvirt, and this \`<${device.name}>\` needs it: libvirt refuses the definition. Use the machine \`q35\` or \`pc\`, or do without the device.`,
      related: machinePlace(domain),
      fixes: [dropElement(device, domain.document)],
    };
  }
}

/** libvirt knows no IDE controller of these machines, though QEMU has one in isapc. */
function* ideDrives(domain: Domain): Generator<Refused> {
  if (!isWithoutPci(domain)) return;
  const controllers = controllersOf(domain, 'ide').map(({ element }) => element);
  const disks = domain.disks.filter(({ bus }) => bus === 'ide').map(({ element }) => element);
  for (const device of [...controllers, ...disks]) {
    const bus = attribute(child(device, 'target'), 'bus') ?? attribute(device, 'type');
    yield {
      at: bus ? valueSpan(bus) : nameSpan(device),
      message: say`libvirt knows no IDE controller of the machine \`${domain.machine}\` and refuses the definition. Use the machine \`pc\`.`,
      related: machinePlace(domain),
      fixes: [dropElement(device, domain.document)],
    };
  }
}

const page = 'devices/isapc';

export const refusals: readonly Rule[] = [
  refusal('devices/isapc-no-pci', page, strangers, { needs: ['@machine'] }),
  refusal('devices/isapc-no-ide', page, ideDrives, { needs: ['@machine'] }),
];
