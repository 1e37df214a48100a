/** Devices of the host that a domain asks for twice: libvirt compares what it would open. */
import type { Domain } from '../../domain/domain.ts';
import { anyNumber } from '../../domain/freeNumbers.ts';
import { type HostDevice, hostDevices, pciName } from '../../domain/hostDevices.ts';
import { uuidDigits } from '../../domain/uuid.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropAttribute, dropElement } from '../fixes.ts';
import { type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'passthrough-vfio/duplicates';

/** What it is, said so that equal devices say the same; the words are for the message. */
interface Identity {
  readonly key: string;
  readonly words: string;
}

function numbers(element: XmlElement | undefined, names: readonly string[]): string | undefined {
  const values = names.map((name) => anyNumber(attributeValue(element, name)));
  return values.every((value) => value !== undefined) ? values.join(':') : undefined;
}

function usbPlace({ address }: HostDevice): Identity | undefined {
  const place = numbers(address, ['bus', 'device']);
  return place === undefined ? undefined : { key: `usb at ${place}`, words: say`USB device ${place}` };
}

function usbKind({ source }: HostDevice): Identity | undefined {
  const [vendor, product] = ['vendor', 'product'].map((name) =>
    anyNumber(attributeValue(source && child(source, name), 'id')),
  );
  if (vendor === undefined || product === undefined) return undefined;
  const words = [vendor, product].map((number) => number.toString(16).padStart(4, '0')).join(':');
  return { key: `usb of ${words}`, words: say`USB device ${words}` };
}

function otherIdentity({ type, source, address }: HostDevice): Identity | undefined {
  if (type === 'pci') {
    const name = pciName(address);
    return name === undefined ? undefined : { key: `pci ${name}`, words: say`PCI device ${name}` };
  }
  if (type === 'mdev') {
    const uuid = attributeValue(address, 'uuid');
    return uuid ? { key: `mdev ${uuidDigits(uuid)}`, words: say`mediated device` } : undefined;
  }
  if (type === 'scsi_host') {
    const name = attributeValue(source, 'wwpn');
    return name ? { key: `vhost ${name}`, words: say`SCSI host ${name}` } : undefined;
  }
  if (type !== 'scsi') return undefined;
  if (attributeValue(source, 'protocol') === 'iscsi') {
    const host = source && child(source, 'host');
    const place = ['name', 'port'].map((name) => attributeValue(host, name) ?? '').join(':');
    return { key: `iscsi ${place} ${attributeValue(source, 'name')}`, words: say`iSCSI unit` };
  }
  const unit = numbers(address, ['bus', 'target', 'unit']);
  const adapter = attributeValue(source && child(source, 'adapter'), 'name');
  return unit !== undefined && adapter
    ? { key: `scsi ${adapter} ${unit}`, words: say`SCSI device ${unit}` }
    : undefined;
}

/**
 * A USB device that names its place is compared by place, one that doesn't by vendor and product (virDomainHostdevMatchSubsysUSB);
 * it is the earlier of the two that decides.
 */
function* twice(domain: Domain): Generator<Refused> {
  const first = new Map<string, HostDevice>();
  for (const device of hostDevices(domain)) {
    if (device.mode !== 'subsystem') continue;
    const isUsb = device.type === 'usb';
    const place = isUsb ? usbPlace(device) : undefined;
    const kind = isUsb ? usbKind(device) : undefined;
    const claims = isUsb ? [place, kind] : [otherIdentity(device)];
    const claim = claims.find((one) => one && first.has(one.key));
    const earlier = claim && first.get(claim.key);
    const own = isUsb ? (place ?? kind) : claims[0];
    if (own && !first.has(own.key)) first.set(own.key, device);
    if (!claim || !earlier) continue;
    yield {
      at: nameSpan(device.address ?? device.source ?? device.element),
      message: say`The ${claim.words} is assigned already: libvirt refuses to give it to the guest twice. Remove one of the two${isUsb ? say`, or tell equal devices apart by bus and device` : ''}.`,
      related: [relatedTo(nameSpan(earlier.address ?? earlier.source ?? earlier.element), say`Assigned here`)],
      fixes: [dropElement(device.element, domain.document, say`Remove this one`)],
    };
  }
}

/** One picture at boot, and one matrix of crypto adapters. */
function* onlyOne(domain: Domain): Generator<Refused> {
  const [ramfb, ...others] = hostDevices(domain).filter(
    ({ element, type }) => ['mdev', 'pci'].includes(type) && attributeValue(element, 'ramfb') === 'on',
  );
  for (const { element } of others) {
    const at = attribute(element, 'ramfb');
    if (!at || !ramfb) continue;
    yield {
      at: valueSpan(at),
      message: say`The picture at boot comes from one device: libvirt refuses \`ramfb\` on a second one. Switch it off here.`,
      related: [relatedTo(nameSpan(ramfb.element), say`Has it as well`)],
      fixes: [dropAttribute(at, domain.document)],
    };
  }
  const [matrix, ...surplus] = hostDevices(domain).filter(
    ({ element, type }) => type === 'mdev' && attributeValue(element, 'model') === 'vfio-ap',
  );
  for (const { element } of surplus)
    yield {
      at: nameSpan(element),
      message: say`A guest has one matrix of crypto adapters: libvirt refuses a second \`vfio-ap\` device. Put all adapters into one.`,
      related: matrix ? [relatedTo(nameSpan(matrix.element), say`The first one`)] : [],
      fixes: [dropElement(element, domain.document)],
    };
}

export const refusals: readonly Rule[] = [
  refusal('passthrough-vfio/duplicate-hostdev', page, twice, { anyDriver: true, needs: ['hostdev|interface'] }),
  refusal('passthrough-vfio/only-one', page, onlyOne, { since: '4.6.0', needs: ['hostdev'] }),
];
