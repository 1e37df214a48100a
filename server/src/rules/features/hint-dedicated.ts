import { addFeature, feature } from '../../domain/hypervisorFeatures.ts';
import { hasOwnCpus } from '../../domain/pinning.ts';
import { say } from '../../l10n/say.ts';
import { insertChild } from '../../xml/edits.ts';
import { child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlElement>({
  id: 'features/hint-dedicated',
  severity: 'hint',
  since: '5.7.0',
  needs: ['vcpupin'],
  *find(domain) {
    const cputune = child(domain.root, 'cputune');
    const isSaid = feature(domain, 'kvm', 'hint-dedicated') !== undefined;
    // Windows does not read KVM's hints.
    if (!cputune || isSaid || feature(domain, 'hyperv') || !domain.isKvm || !domain.isX86) return;
    if (hasOwnCpus(domain)) yield cputune;
  },
  say: (cputune) => ({
    at: nameSpan(cputune),
    message: say`Each vCPU has a host CPU of its own. If no other guest uses these, \`<hint-dedicated state='on'/>\` tells the guest, whose plain spinlocks are then faster than the ones that yield.`,
  }),
  fix: (_, domain) => {
    const kvm = feature(domain, 'kvm');
    const hint = "<hint-dedicated state='on'/>";
    const edits = kvm ? insertChild(kvm, hint, domain.document) : addFeature(domain, `<kvm>\n  ${hint}\n</kvm>`);
    return [{ title: say`Add <hint-dedicated>`, edits }];
  },
});
