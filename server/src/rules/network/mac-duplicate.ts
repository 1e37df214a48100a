import type { NetworkInterface } from '../../domain/networkInterface.ts';
import { say } from '../../l10n/say.ts';
import { attribute, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { qemuInterfaces } from './interfaces.ts';
import { dropChild } from './repairs.ts';

interface Match {
  readonly face: NetworkInterface;
  readonly address: string;
  readonly first: XmlAttribute | undefined;
}

const macAttribute = (face: NetworkInterface): XmlAttribute | undefined =>
  attribute(child(face.element, 'mac'), 'address');

export const rule = defineRule<Match>({
  id: 'network/mac-duplicate',
  severity: 'warning',
  needs: ['interface', 'mac'],
  *find(domain) {
    const seen = new Map<string, NetworkInterface>();
    for (const face of qemuInterfaces(domain)) {
      // A virtio interface and the assigned device that it stands in for share their address on purpose.
      if (!face.mac || child(face.element, 'teaming')) continue;
      const first = seen.get(face.mac);
      if (first) yield { face, address: face.mac, first: macAttribute(first) };
      else seen.set(face.mac, face);
    }
  },
  say({ face, address, first }) {
    const mac = macAttribute(face);
    return {
      at: mac ? valueSpan(mac) : nameSpan(face.element),
      message: say`Two interfaces have the address \`${address}\`. libvirt doesn't mind, but on one network frames then reach either of them at random. Remove this \`<mac>\` and libvirt makes up a new address.`,
      ...(first && { related: [{ ...valueSpan(first), message: say`The same address` }] }),
    };
  },
  fix: ({ face }, { document }) => dropChild(face, 'mac', say`Remove <mac>: libvirt makes up a new address`, document),
});
