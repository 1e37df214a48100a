import { isNamedOtherThanWindows } from '../../domain/guestSystem.ts';
import { feature } from '../../domain/hypervisorFeatures.ts';
import { say } from '../../l10n/say.ts';
import { nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlElement>({
  id: 'windows-guests/linux-with-hyperv',
  severity: 'hint',
  needs: ['hyperv', 'libosinfo:os'],
  *find(domain) {
    const hyperv = feature(domain, 'hyperv');
    if (hyperv && domain.isKvm && isNamedOtherThanWindows(domain)) yield hyperv;
  },
  say: (hyperv) => ({
    at: nameSpan(hyperv),
    message: say`The metadata say that this guest is not Windows, and it is shown a Hyper-V host: a Linux kernel may then use Hyper-V's clock and drivers in place of KVM's. Remove \`<hyperv>\`.`,
  }),
  fix: (hyperv, { document }) => [dropElement(hyperv, document)],
});
