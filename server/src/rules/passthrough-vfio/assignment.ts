/** What each kind of host device takes: address in the guest, attributes, boot order, driver, teaming. */
import type { Domain } from '../../domain/domain.ts';
import { assigned, type HostDevice, hostDevices } from '../../domain/hostDevices.ts';
import { isElsewhere, platformName } from '../../domain/platform.ts';
import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { insertBefore } from '../../xml/edits.ts';
import { attribute, attributeSpan, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { dropAttribute, dropElement, setValueOf } from '../fixes.ts';
import { addressOf, machinePlace, placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'passthrough-vfio/assignment';

/** Address types of the guest's side, by type and, of mediated devices, by model. */
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  pci: ['pci', 'unassigned'],
  usb: ['usb'],
  scsi: ['drive'],
  scsi_host: ['pci', 'ccw'],
  'vfio-pci': ['pci'],
  'vfio-ccw': ['ccw'],
};

/** Every `<hostdev>` that is a device as a whole. */
function subsystems(domain: Domain): readonly HostDevice[] {
  return hostDevices(domain).filter(({ element, mode }) => element.name === 'hostdev' && mode === 'subsystem');
}

function kindOf({ element, type }: HostDevice): string {
  return type === 'mdev' ? (attributeValue(element, 'model') ?? '') : type;
}

function* addresses(domain: Domain): Generator<Refused> {
  for (const device of subsystems(domain)) {
    const kind = kindOf(device);
    const allowed = Object.hasOwn(ADDRESSES, kind) ? ADDRESSES[kind] : undefined;
    const address = addressOf(device.element);
    const type = address?.type.value.trim();
    if (!address || type === undefined || !allowed || allowed.includes(type)) continue;
    yield {
      at: valueSpan(address.type),
      message: say`A host device of kind \`${kind}\` has an address of type ${allowed.map((one) => `\`${one}\``).join(say` or `)} in the guest, not \`${type}\`: libvirt refuses it. Remove the address; libvirt gives it one.`,
      related: [relatedTo(placeOf(device.element, device.type === 'mdev' ? 'model' : 'type'), say`The kind`)],
      fixes: [dropElement(address.element, domain.document)],
    };
  }
}

interface Owned {
  readonly at: (device: HostDevice) => XmlAttribute | undefined;
  readonly types: readonly string[];
  readonly owners: Phrase;
}

/** Attributes of one kind. */
const OWNED: readonly Owned[] = [
  ...['sgio', 'rawio'].map((name) => ({
    at: ({ element }: HostDevice) => attribute(element, name),
    types: ['scsi'],
    owners: phrase`SCSI devices`,
  })),
  {
    at: ({ element }) => attribute(element, 'model'),
    types: ['mdev', 'scsi_host'],
    owners: phrase`mediated devices and vhost-scsi`,
  },
  { at: ({ source }) => attribute(source, 'startupPolicy'), types: ['usb'], owners: phrase`USB devices` },
];

function* foreignAttributes(domain: Domain): Generator<Refused> {
  for (const device of subsystems(domain))
    for (const { at, types, owners } of OWNED) {
      const found = at(device);
      if (!found || device.type === '' || types.includes(device.type)) continue;
      yield {
        at: attributeSpan(found),
        message: say`\`${found.name}\` is for ${owners}; on a host device of type \`${device.type}\` libvirt refuses it${found.name === 'rawio' && device.type === 'scsi_host' ? say`, and release 9.0 ends when it reads it` : ''}. Remove it.`,
        related: [relatedTo(placeOf(device.element, 'type'), say`The type`)],
        fixes: [dropAttribute(found, domain.document)],
      };
    }
}

function* unfiltered(domain: Domain): Generator<Refused> {
  for (const { element, type } of subsystems(domain)) {
    const sgio = attribute(element, 'sgio');
    if (type !== 'scsi' || sgio?.value.trim() !== 'unfiltered') continue;
    yield {
      at: valueSpan(sgio),
      message: say`Kernels no longer pass SCSI commands on unfiltered, and libvirt refuses \`sgio="unfiltered"\`. Remove it.`,
      fixes: [dropAttribute(sgio, domain.document)],
    };
  }
}

/** Channels and crypto adapters of mainframes. */
function* mainframeModels(domain: Domain): Generator<Refused> {
  if (!isElsewhere(domain, ['s390'])) return;
  for (const { element, type } of subsystems(domain)) {
    const model = attribute(element, 'model');
    const value = model?.value.trim();
    if (type !== 'mdev' || !model || (value !== 'vfio-ccw' && value !== 'vfio-ap')) continue;
    yield {
      at: valueSpan(model),
      message: say`\`${value}\` passes on ${value === 'vfio-ap' ? say`crypto adapters` : say`channel devices`} of s390, and the guest is of ${platformName(domain)}: libvirt refuses it.`,
      related: machinePlace(domain),
      fixes: [setValueOf(element, 'model', 'vfio-pci', domain.document)],
    };
  }
}

/** What firmware can't boot from. */
function* boots(domain: Domain): Generator<Refused> {
  for (const device of subsystems(domain)) {
    const boot = child(device.element, 'boot');
    const kind = kindOf(device);
    if (!boot || !['scsi_host', 'vfio-pci', 'vfio-ap'].includes(kind)) continue;
    yield {
      at: nameSpan(boot),
      message: say`Firmware can't boot from a \`${kind}\` host device: libvirt refuses a boot order. Remove it.`,
      related: [relatedTo(nameSpan(device.element), say`The device`)],
      fixes: [dropElement(boot, domain.document)],
    };
  }
}

/** The picture of a vGPU is shown in the graphics of the guest. */
function* displays(domain: Domain): Generator<Refused> {
  const hasGraphics = domain.devices('graphics').length > 0;
  for (const device of subsystems(domain)) {
    const display = attribute(device.element, 'display');
    const shows = display?.value.trim() === 'on' && ['vfio-pci', 'pci'].includes(kindOf(device));
    if (!display || hasGraphics || !shows) continue;
    yield {
      at: valueSpan(display),
      message: say`The picture of this device is shown in \`<graphics>\`, and the guest has none: libvirt refuses \`display="on"\`. Add graphics, or switch it off.`,
      fixes: [
        {
          title: say`Add VNC graphics`,
          edits: insertBefore(device.element, "<graphics type='vnc' autoport='yes'/>", domain.document),
        },
        setValueOf(device.element, 'display', 'off', domain.document),
      ],
    };
  }
}

/** Drivers that QEMU assigned devices with once, or that are Xen's. */
function* drivers(domain: Domain): Generator<Refused> {
  for (const { element } of assigned(domain, 'pci')) {
    const name = attribute(child(element, 'driver'), 'name');
    const value = name?.value.trim();
    if (name && (value === 'kvm' || value === 'xen'))
      yield {
        at: valueSpan(name),
        message:
          value === 'kvm'
            ? say`The assignment of old kernels is gone (libvirt 5.6, Linux 4.12): the guest does not start with \`kvm\`. VFIO is the way, and libvirt takes it where no driver is named.`
            : say`The driver \`xen\` is for Xen guests: with QEMU the guest does not start. VFIO is the way, and libvirt takes it where no driver is named.`,
        fixes: [dropAttribute(name, domain.document)],
      };
  }
}

function* writeFiltering(domain: Domain): Generator<Refused> {
  for (const { source } of assigned(domain, 'pci')) {
    const filtering = attribute(source, 'writeFiltering');
    if (filtering)
      yield {
        at: attributeSpan(filtering),
        message: say`\`writeFiltering\` is an option of Xen; with QEMU libvirt refuses it. Remove it.`,
        fixes: [dropAttribute(filtering, domain.document)],
      };
  }
}

/** The half of a team that goes away during migration. */
function* teams(domain: Domain): Generator<Refused> {
  for (const { element, type } of subsystems(domain)) {
    const teaming = child(element, 'teaming');
    const role = attribute(teaming, 'type');
    if (!teaming || !role) continue;
    const isTransient = role.value.trim() === 'transient';
    const isNamed = attribute(teaming, 'persistent') !== undefined;
    if (isTransient && isNamed && type === 'pci') continue;
    yield {
      at: !isTransient ? valueSpan(role) : nameSpan(teaming),
      message:
        type !== 'pci'
          ? say`A team is of network cards, one of them an assigned PCI device: libvirt refuses \`<teaming>\` on a device of type \`${type}\`.`
          : say`An assigned card is the half of a team that comes and goes: libvirt wants \`type="transient"\` and the alias of the other half in \`persistent\`, and refuses anything else.`,
      fixes: [
        !isTransient && isNamed && type === 'pci'
          ? setValueOf(teaming, 'type', 'transient', domain.document)
          : dropElement(teaming, domain.document),
      ],
    };
  }
}

/** The option ROM is a thing of PCI cards. */
function* roms(domain: Domain): Generator<Refused> {
  for (const device of subsystems(domain)) {
    const rom = child(device.element, 'rom');
    const isOnPci = ['pci', 'scsi_host', 'mdev'].includes(device.type);
    const set = rom && ['bar', 'file', 'enabled'].flatMap((name) => attribute(rom, name) ?? []);
    if (!rom || !set || set.length === 0 || device.type === '') continue;
    const isOff = attributeValue(rom, 'enabled') === 'no';
    const surplus = set.find(({ name }) => name !== 'enabled');
    if (!isOnPci && (device.type === 'scsi' || device.type === 'usb'))
      yield {
        at: nameSpan(rom),
        message: say`Only PCI devices have an option ROM: libvirt refuses \`<rom>\` on a device of type \`${device.type}\`. Remove it.`,
        related: [relatedTo(placeOf(device.element, 'type'), say`The type`)],
        fixes: [dropElement(rom, domain.document)],
      };
    else if (isOff && surplus)
      yield {
        at: attributeSpan(surplus),
        message: say`The ROM is switched off, and libvirt refuses \`${surplus.name}\` beside that. Remove one of the two.`,
        related: [relatedTo(placeOf(rom, 'enabled'), say`Switched off here`)],
        fixes: [dropAttribute(surplus, domain.document)],
      };
  }
}

/** Single nodes of the host are for containers, which share its kernel. */
function* capabilities(domain: Domain): Generator<Refused> {
  for (const { element, mode } of hostDevices(domain)) {
    if (mode !== 'capabilities') continue;
    yield {
      at: placeOf(element, 'mode'),
      message: say`\`capabilities\` hands a node of the host to a container; a QEMU guest gets whole devices, and libvirt refuses it. A block device is a \`<disk>\`, a network card an \`<interface>\`.`,
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('passthrough-vfio/address-type', page, addresses, { anyDriver: true, needs: ['hostdev'] }),
  refusal('passthrough-vfio/attributes', page, foreignAttributes, { anyDriver: true, needs: ['hostdev'] }),
  refusal('passthrough-vfio/sgio-unfiltered', page, unfiltered, { since: '7.10.0', needs: ['hostdev'] }),
  refusal('passthrough-vfio/mainframe-model', page, mainframeModels, { needs: ['hostdev', '@model'] }),
  refusal('passthrough-vfio/boot-order', page, boots, { needs: ['hostdev'] }),
  refusal('passthrough-vfio/mdev-display', page, displays, { since: '4.6.0', needs: ['hostdev'] }),
  refusal('passthrough-vfio/driver', page, drivers, { atStart: true, needs: ['hostdev'] }),
  refusal('passthrough-vfio/write-filtering', page, writeFiltering, { needs: ['hostdev'] }),
  refusal('passthrough-vfio/teaming', page, teams, { since: '7.1.0', needs: ['hostdev'] }),
  refusal('passthrough-vfio/rom', page, roms, { needs: ['hostdev'] }),
  refusal('passthrough-vfio/capabilities-mode', page, capabilities, { withoutFix: true, needs: ['hostdev'] }),
];
