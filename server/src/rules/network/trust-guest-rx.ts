import { say } from '../../l10n/say.ts';
import { attribute, attributeSpan } from '../../xml/query.ts';
import { dropAttribute } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { qemuInterfaces } from './interfaces.ts';

export const rule = defineRule({
  id: 'network/trust-guest-rx',
  severity: 'information',
  needs: ['@trustGuestRxFilters'],
  since: '1.2.10',
  find: (domain) =>
    qemuInterfaces(domain).flatMap((face) => {
      const trust = attribute(face.element, 'trustGuestRxFilters');
      return trust?.value.trim() === 'yes' ? [trust] : [];
    }),
  say: (trust) => ({
    at: attributeSpan(trust),
    message: say`The guest may rewrite the MAC and multicast filters of its host device, and so take over addresses of others. Bonding or VRRP inside the guest needs this; anything else is safer without.`,
  }),
  fix: (trust, { document }) => [dropAttribute(trust, document)],
});
