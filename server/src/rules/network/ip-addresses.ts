/** IP addresses and routes of an interface that cannot be read, or that user networking cannot give out. */
import { ipFamily, isNetworkAddress } from '../../domain/ipAddress.ts';
import type { NetworkInterface } from '../../domain/networkInterface.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, childElements, valueSpan } from '../../xml/query.ts';
import type { XmlDocument, XmlElement } from '../../xml/tree.ts';
import { dropAttribute, dropElement, setValueOf } from '../fixes.ts';
import { type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';
import { qemuInterfaces } from './interfaces.ts';

const page = 'network/ip-addresses';

/** Bits of an address. */
const BITS = { ipv4: 32, ipv6: 128 };

/** Every `<ip>` and `<route>` of an interface: of the guest's side, and inside `<source>` of the host's. */
function addressesOf(face: NetworkInterface): XmlElement[] {
  return [face.element, ...(face.source ? [face.source] : [])].flatMap((holder) =>
    childElements(holder).filter(({ name }) => name === 'ip' || name === 'route'),
  );
}

function* unreadable(element: XmlElement, document: XmlDocument): Iterable<Refused> {
  const address = attribute(element, 'address');
  const told = attributeValue(element, 'family') ?? 'ipv4';
  const written = ipFamily(address?.value.trim() ?? '');
  if (!address || written === undefined || (told !== 'ipv4' && told !== 'ipv6')) return;
  const hasFamily = attribute(element, 'family') !== undefined;
  if (hasFamily && told !== written) {
    yield {
      at: valueSpan(address),
      message: say`\`${address.value.trim()}\` is no address of the family \`${told}\`: libvirt refuses the definition.`,
      fixes: [setValueOf(element, 'family', written, document)],
    };
    return;
  }
  const prefix = attribute(element, 'prefix');
  const length = wholeNumber(prefix?.value);
  if (prefix && length !== undefined && length > BITS[written])
    yield {
      at: valueSpan(prefix),
      message: say`An address of the family \`${written}\` has ${BITS[written]} bits, so no prefix of ${length}: libvirt refuses the definition.`,
      fixes: [setValueOf(element, 'prefix', String(written === 'ipv4' ? 24 : 64), document)],
    };
  else if (element.name === 'route' && length !== undefined && !isNetworkAddress(address.value.trim(), length))
    yield {
      at: valueSpan(address),
      message: say`A route leads to a network, and \`${address.value.trim()}\` is a host in one of prefix ${length}: libvirt refuses the definition. Write the network's own address, with zeros behind the prefix.`,
      fixes: [],
    };
}

/** QEMU's user network: a range that its DHCP server fits in, IPv6 with the prefix that hosts make addresses of, no peers. */
function* beyondSlirp(ip: XmlElement, document: XmlDocument): Iterable<Refused> {
  const family = ipFamily(attributeValue(ip, 'address') ?? '');
  const prefix = attribute(ip, 'prefix');
  const length = wholeNumber(prefix?.value);
  const peer = attribute(ip, 'peer');
  if (peer)
    yield {
      at: valueSpan(peer),
      message: say`User networking has no peer to be told: libvirt refuses the definition. Remove \`peer\`.`,
      fixes: [dropAttribute(peer, document)],
    };
  if (!prefix || !length || !family) return;
  if (family === 'ipv4' && (length < 4 || length > 27))
    yield {
      at: valueSpan(prefix),
      message: say`User networking takes prefixes from 4 to 27, not ${length}: libvirt refuses the definition.`,
      fixes: [setValueOf(ip, 'prefix', '24', document)],
    };
  else if (family === 'ipv6' && length !== 64)
    yield {
      at: valueSpan(prefix),
      message: say`The IPv6 prefix of user networking is 64, not ${length}: libvirt refuses the definition.`,
      fixes: [setValueOf(ip, 'prefix', '64', document), dropElement(ip, document)],
    };
}

export const refusals: readonly Rule[] = [
  refusal(
    'network/ip-address',
    page,
    (domain) =>
      qemuInterfaces(domain)
        .flatMap(addressesOf)
        .flatMap((element) => [...unreadable(element, domain.document)]),
    { since: '1.2.12', needs: ['ip|route'] },
  ),
  refusal(
    'network/user-ip',
    page,
    (domain) =>
      qemuInterfaces(domain)
        .filter(({ type }) => type === 'user')
        .flatMap(({ element }) => childElements(element, 'ip'))
        .flatMap((ip) => [...beyondSlirp(ip, domain.document)]),
    { since: '3.9.0', needs: ['ip'] },
  ),
];
