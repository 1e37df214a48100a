import { feature, isOn } from '../../domain/hypervisorFeatures.ts';
import { mayHaveOwnCpus } from '../../domain/pinning.ts';
import { say } from '../../l10n/say.ts';
import { childElements, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlElement>({
  id: 'features/hint-dedicated-unpinned',
  severity: 'warning',
  since: '5.7.0',
  needs: ['hint-dedicated'],
  *find(domain) {
    const hint = feature(domain, 'kvm', 'hint-dedicated');
    if (hint && domain.isKvm && isOn(hint) && !mayHaveOwnCpus(domain)) yield hint;
  },
  say: (hint) => ({
    at: nameSpan(hint),
    message: say`The guest is told that each vCPU has a CPU to itself, and they are not pinned one to one: it spins where it should yield, and wastes whole time slices of a shared CPU. Pin the vCPUs, or remove the hint.`,
  }),
  fix: (hint, { document }) => {
    const kvm = hint.parent;
    const isAlone = kvm?.name === 'kvm' && childElements(kvm).length === 1;
    return [dropElement(isAlone ? kvm : hint, document, say`Remove <hint-dedicated>`)];
  },
});
