import type { NetworkInterface } from '../../domain/networkInterface.ts';
import { say } from '../../l10n/say.ts';
import { attributeValue, child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { qemuInterfaces } from './interfaces.ts';
import { dropChild } from './repairs.ts';

interface Match {
  readonly face: NetworkInterface;
  readonly vlan: XmlElement;
}

/** Connections that carry no tags for certain; what a network or a bridge is, only the host knows. */
function carriesNoTags(face: NetworkInterface): boolean {
  return face.type === 'user' || (face.type === 'direct' && attributeValue(face.source, 'mode') !== 'passthrough');
}

export const rule = defineRule<Match>({
  id: 'network/vlan-unsupported',
  severity: 'warning',
  needs: ['vlan'],
  find: (domain) =>
    qemuInterfaces(domain).flatMap((face) => {
      const vlan = child(face.element, 'vlan');
      return vlan && carriesNoTags(face) ? [{ face, vlan }] : [];
    }),
  say: ({ face, vlan }) => ({
    at: nameSpan(vlan),
    message: say`The guest will not start: an interface of type \`${face.type}\`${face.type === 'direct' ? say` (except in \`mode='passthrough'\`)` : ''} carries no VLAN tags. Tags need Open vSwitch, an SR-IOV function or, since libvirt 11.0.0, a Linux bridge; otherwise attach to a VLAN device of the host.`,
  }),
  fix: ({ face }, { document }) => dropChild(face, 'vlan', say`Remove <vlan>`, document),
});
