/** Addresses that libvirt refuses: MACs that are none of one card, IP addresses that QEMU cannot set inside the guest. */

import type { NetworkInterface } from '../../domain/networkInterface.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, child, childElements, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { defineRule, type Rule } from '../rule.ts';
import { backendOf, qemuInterfaces } from './interfaces.ts';
import { dropChild } from './repairs.ts';

interface WrongMac {
  readonly face: NetworkInterface;
  readonly mac: XmlAttribute;
  readonly reason: string;
  /** What was meant, where that can be told. */
  readonly meant: string | undefined;
}

/** What keeps an address from being one of a network card; [] for a good one, and for text that is no address at all (the grammar's). */
function wrongMac(face: NetworkInterface): WrongMac[] {
  const mac = attribute(child(face.element, 'mac'), 'address');
  const address = mac?.value.trim() ?? '';
  if (!mac || !/^[\da-f]{1,2}([:.-][\da-f]{1,2}){1,7}$/i.test(address)) return [];
  const parts = address.split(/[:.-]/);
  if (parts.length !== 6) return [{ face, mac, reason: say`has ${parts.length} parts, not six`, meant: undefined }];
  const unicast = [(Number.parseInt(parts[0] ?? '', 16) & ~1).toString(16).padStart(2, '0'), ...parts.slice(1)].join(
    ':',
  );
  const first = Number.parseInt(parts[0] ?? '', 16);
  if (/[.-]/.test(address)) return [{ face, mac, reason: say`must be written with colons`, meant: unicast }];
  return first % 2 === 1
    ? [{ face, mac, reason: say`is a multicast address: \`${parts[0]}\` is odd`, meant: unicast }]
    : [];
}

interface GuestAddress {
  readonly face: NetworkInterface;
  readonly element: XmlElement;
  readonly reason: string;
}

/** ip and route directly below the interface, which tell what the guest's side shall have. */
function* guestAddresses(face: NetworkInterface): Generator<GuestAddress> {
  const given = childElements(face.element).filter(({ name }) => name === 'ip' || name === 'route');
  const ownStack = face.type === 'user' || (face.type === 'vhostuser' && backendOf(face) === 'passt');
  const families = new Set<string>();
  // libvirt passes over those of a vDPA device; that the type is missing, the grammar says.
  if (face.type === 'vdpa' || face.type === '') return;
  for (const element of given) {
    if (!ownStack) {
      yield { face, element, reason: say`an interface of type \`${face.type}\` leaves the addresses to the guest` };
      continue;
    }
    if (element.name === 'route') {
      yield { face, element, reason: say`user networking has no routes to set` };
      continue;
    }
    const family = familyOf(element);
    if (families.has(family)) yield { face, element, reason: say`the interface already has one ${family} address` };
    families.add(family);
  }
}

function familyOf(ip: XmlElement): 'IPv4' | 'IPv6' {
  const told = attributeValue(ip, 'family') ?? (attributeValue(ip, 'address')?.includes(':') ? 'ipv6' : 'ipv4');
  return told === 'ipv6' ? 'IPv6' : 'IPv4';
}

export const refusals: readonly Rule[] = [
  defineRule<WrongMac>({
    id: 'network/mac-invalid',
    page: 'network/addresses',
    severity: 'error',
    needs: ['interface', 'mac'],
    find: (domain) => qemuInterfaces(domain).flatMap(wrongMac),
    say: ({ mac, reason }) => ({
      at: valueSpan(mac),
      message: say`\`${mac.value.trim()}\` ${reason}, and libvirt refuses it. The address of a card is six hexadecimal pairs, the first of them even; libvirt's own begin with \`52:54:00\`.`,
    }),
    fix: ({ face, mac, meant }, { document }) => [
      ...(meant === undefined ? [] : [setValueOf(mac.parent, mac.name, meant, document)]),
      ...dropChild(face, 'mac', say`Remove <mac>: libvirt makes up an address`, document),
    ],
  }),
  defineRule<GuestAddress>({
    id: 'network/guest-ip',
    page: 'network/addresses',
    severity: 'error',
    needs: ['interface', 'ip'],
    since: '1.2.12',
    find: (domain) => qemuInterfaces(domain).flatMap((face) => [...guestAddresses(face)]),
    say: ({ element, reason }) => ({
      at: nameSpan(element),
      message: say`\`<${element.name}>\` is refused: ${reason}. Set it inside the guest, by DHCP, cloud-init or the guest agent.`,
    }),
    fix: ({ element }, { document }) => [dropElement(element, document)],
  }),
];
