/** Types of addresses that a device cannot have. Those of disks, input, video and other devices with rules of their own are told there. */
import type { Domain } from '../../domain/domain.ts';
import { guestAddresses } from '../../domain/guestAddresses.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, child, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/address-types';

/** Address types of other buses than those that devices of virtio can be on. */
const OTHER_BUSES = ['drive', 'usb', 'isa', 'ccid', 'virtio-serial', 'dimm', 'spapr-vio'];

/** Devices of virtio (qemuBuildVirtioDevProps): on PCI, CCW or virtio-mmio. */
function isVirtio(device: XmlElement): boolean {
  const model = attributeValue(device, 'model') ?? '';
  switch (device.name) {
    case 'rng':
    case 'vsock':
    case 'crypto':
    case 'filesystem':
      return true;
    case 'memballoon':
      return model.startsWith('virtio');
    case 'interface':
      return /^virtio/i.test(attributeValue(child(device, 'model'), 'type') ?? '');
    case 'controller': {
      const type = attributeValue(device, 'type');
      return type === 'virtio-serial' || (type === 'scsi' && model.startsWith('virtio'));
    }
    default:
      return false;
  }
}

function* strangers(domain: Domain): Generator<Refused> {
  for (const type of OTHER_BUSES) {
    for (const { device, element } of guestAddresses(domain, type)) {
      const at = attribute(element, 'type');
      if (!at || !isVirtio(device)) continue;
      yield {
        at: valueSpan(at),
        message: say`A \`<${device.name}>\` of virtio is on PCI, CCW or virtio-mmio, and cannot have an address of type \`${type}\`: libvirt takes the definition and does not start the guest. Remove \`<address>\`.`,
        fixes: [dropElement(element, domain.document)],
      };
    }
  }
}

/** Devices whose addresses no other rule speaks of. */
const OTHERS: ReadonlySet<string> = new Set([
  'interface',
  'controller',
  'rng',
  'memballoon',
  'filesystem',
  'sound',
  'vsock',
  'crypto',
]);

function* unassigned(domain: Domain): Generator<Refused> {
  for (const { device, element } of guestAddresses(domain, 'unassigned')) {
    const at = attribute(element, 'type');
    if (!at || !OTHERS.has(device.name) || attributeValue(device, 'type') === 'hostdev') continue;
    yield {
      at: valueSpan(at),
      message: say`\`unassigned\` keeps a device of the host from host and guest alike; a \`<${device.name}>\` is none, and libvirt refuses the definition.`,
      fixes: [dropElement(element, domain.document)],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/address-type', page, strangers, { atStart: true, needs: ['address'] }),
  refusal('devices/address-unassigned', page, unassigned, { since: '6.0.0', needs: ['address'] }),
];
