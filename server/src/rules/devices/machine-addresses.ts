/** Addresses that one kind of machine has: CCW and zPCI of s390x, virtual I/O of pseries. */
import { CCW_PARTS, ccwName, MOST_OF_CCW } from '../../domain/ccw.ts';
import type { Domain } from '../../domain/domain.ts';
import { addressPart, guestAddresses, hexadecimal } from '../../domain/guestAddresses.ts';
import { numberOfAnyBase } from '../../domain/numbers.ts';
import { platform, platformName } from '../../domain/platform.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, childElements, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropAttribute, dropElement } from '../fixes.ts';
import { machinePlace, placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/machine-addresses';

function anyPlace(address: XmlElement, { document }: Domain): Fix {
  return dropElement(address, document, say`Remove <address>: libvirt finds a place`);
}

function* ccwParts(domain: Domain): Generator<Refused> {
  for (const { element } of guestAddresses(domain, 'ccw')) {
    const written = CCW_PARTS.filter((part) => attribute(element, part));
    if (written.length > 0 && written.length < CCW_PARTS.length) {
      const missing = CCW_PARTS.filter((part) => !written.includes(part));
      yield {
        at: nameSpan(element),
        message: say`A CCW address has all of \`cssid\`, \`ssid\` and \`devno\`, or none; ${missing.map((part) => `\`${part}\``).join(say` and `)} missing, libvirt refuses the definition.`,
        fixes: [anyPlace(element, domain)],
      };
      continue;
    }
    const part = written.find((one) => (addressPart(element, one) ?? 0) > MOST_OF_CCW[one]);
    const at = part && attribute(element, part);
    if (!part || !at) continue;
    yield {
      at: valueSpan(at),
      message: say`\`${part}\` of a CCW address is at most \`${hexadecimal(MOST_OF_CCW[part])}\`: libvirt refuses \`${at.value.trim()}\`. Devices of virtio have \`cssid\` 0xfe.`,
      fixes: [anyPlace(element, domain)],
    };
  }
}

function* ccwTwice(domain: Domain): Generator<Refused> {
  const seen = new Map<string, XmlElement>();
  for (const { element, device } of guestAddresses(domain, 'ccw')) {
    const name = ccwName(element);
    if (name === undefined) continue;
    const first = seen.get(name);
    if (!first) {
      seen.set(name, element);
      continue;
    }
    yield {
      at: placeOf(element, 'devno'),
      message: say`The CCW address \`${name}\` is taken, and this \`<${device.name}>\` cannot have it too: libvirt refuses the definition.`,
      related: [relatedTo(placeOf(first, 'devno'), say`Taken here`)],
      fixes: [anyPlace(element, domain)],
    };
  }
}

/** Types of addresses that only one machine has. */
function* foreignTypes(domain: Domain): Generator<Refused> {
  const { machine } = platform(domain);
  for (const { element } of guestAddresses(domain, 'ccw')) {
    if (!machine || machine === 's390-ccw') break;
    yield {
      at: placeOf(element, 'type'),
      message: say`CCW addresses are those of s390x, and this is ${platformName(domain)}: libvirt refuses the definition.`,
      related: machinePlace(domain),
      fixes: [anyPlace(element, domain)],
    };
  }
  for (const { element } of guestAddresses(domain, 'virtio-s390')) {
    yield {
      at: placeOf(element, 'type'),
      message: say`Addresses of type \`virtio-s390\` are gone from QEMU and libvirt, which refuses the definition. Machines of type \`s390-ccw-virtio\` have \`ccw\`.`,
      fixes: [anyPlace(element, domain)],
    };
  }
}

interface Zpci {
  readonly element: XmlElement;
  readonly uid: number | undefined;
  readonly fid: number | undefined;
}

function zpciOf(domain: Domain): readonly Zpci[] {
  return guestAddresses(domain, 'pci').flatMap(({ element }) =>
    childElements(element, 'zpci').map((zpci) => ({
      element: zpci,
      uid: numberOfAnyBase(attributeValue(zpci, 'uid')),
      fid: numberOfAnyBase(attributeValue(zpci, 'fid')),
    })),
  );
}

function* zpciIds(domain: Domain): Generator<Refused> {
  const seen = { uid: new Map<number, XmlElement>(), fid: new Map<number, XmlElement>() };
  for (const zpci of zpciOf(domain)) {
    const written = attribute(zpci.element, 'uid');
    if (written && (zpci.uid === 0 || (zpci.uid ?? 1) > 0xffff)) {
      yield {
        at: valueSpan(written),
        message: say`\`uid\` of a zPCI device is a number from 0x0001 to 0xffff: libvirt refuses \`${written.value.trim()}\`. Without it, libvirt takes one that is free.`,
        fixes: [withoutId(zpci.element, 'uid', domain)],
      };
      continue;
    }
    for (const name of ['uid', 'fid'] as const) {
      const value = zpci[name];
      if (value === undefined) continue;
      const first = seen[name].get(value);
      if (!first) {
        seen[name].set(value, zpci.element);
        continue;
      }
      yield {
        at: placeOf(zpci.element, name),
        message: say`\`${name}\` \`${attributeValue(zpci.element, name)}\` is that of another zPCI device: libvirt refuses to give it twice.`,
        related: [relatedTo(placeOf(first, name), say`Taken here`)],
        fixes: [withoutId(zpci.element, name, domain)],
      };
    }
  }
}

function withoutId(zpci: XmlElement, name: string, { document }: Domain): Fix | undefined {
  const at = attribute(zpci, name);
  if (!at) return undefined;
  return zpci.attributes.length === 1 ? dropElement(zpci, document) : dropAttribute(at, document);
}

function* zpciElsewhere(domain: Domain): Generator<Refused> {
  const { architecture } = platform(domain);
  if (!architecture || architecture === 's390') return;
  for (const { element, uid, fid } of zpciOf(domain)) {
    if (uid === undefined && fid === undefined) continue;
    yield {
      at: nameSpan(element),
      message: say`zPCI is what s390x makes of PCI, and this is ${platformName(domain)}: libvirt refuses the definition.`,
      related: machinePlace(domain),
      fixes: [dropElement(element, domain.document)],
    };
  }
}

const MOST_REG = 0xffffffff;

function* virtualIo(domain: Domain): Generator<Refused> {
  const seen = new Map<number, XmlElement>();
  for (const { element } of guestAddresses(domain, 'spapr-vio')) {
    const at = attribute(element, 'reg');
    const reg = numberOfAnyBase(at?.value);
    if (!at || reg === undefined) continue;
    const first = seen.get(reg);
    if (!first) seen.set(reg, element);
    if (!first && reg <= MOST_REG) continue;
    yield {
      at: valueSpan(at),
      message: first
        ? say`\`reg\` \`${at.value.trim()}\` is that of another device: libvirt refuses to give it twice.`
        : say`\`reg\` is at most \`${hexadecimal(MOST_REG)}\`: libvirt refuses \`${at.value.trim()}\`.`,
      ...(first && { related: [relatedTo(placeOf(first, 'reg'), say`Taken here`)] }),
      fixes: [anyPlace(element, domain)],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/ccw-address', page, ccwParts, { anyDriver: true, needs: ['address'] }),
  refusal('devices/ccw-twice', page, ccwTwice, { needs: ['@devno'] }),
  refusal('devices/ccw-machine', page, foreignTypes, { needs: ['address'] }),
  refusal('devices/zpci-id', page, zpciIds, { needs: ['zpci'] }),
  refusal('devices/zpci-machine', page, zpciElsewhere, { needs: ['zpci'] }),
  refusal('devices/spapr-vio', page, virtualIo, { needs: ['@reg'] }),
];
