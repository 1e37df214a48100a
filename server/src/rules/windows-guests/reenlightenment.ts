import { feature } from '../../domain/hypervisorFeatures.ts';
import { say } from '../../l10n/say.ts';
import { nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { isEnlightened } from './enlightenments.ts';

export const rule = defineRule<XmlElement>({
  id: 'windows-guests/reenlightenment',
  severity: 'information',
  since: '4.7.0',
  needs: ['reenlightenment'],
  *find(domain) {
    const element = feature(domain, 'hyperv', 'reenlightenment');
    if (element && domain.isKvm && isEnlightened(domain, 'reenlightenment')) yield element;
  },
  say: (element) => ({
    at: nameSpan(element),
    message: say`This is of use to Hyper-V inside the guest only. KVM implements it in part: to migrate, the TSC must run at the same rate on the other host, or be scaled to a stated \`frequency\`.`,
  }),
  fix: (element, { document }) => [dropElement(element, document)],
});
