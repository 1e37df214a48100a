import { addFeature, feature } from '../../domain/hypervisorFeatures.ts';
import { say } from '../../l10n/say.ts';
import { insertAfter } from '../../xml/edits.ts';
import { child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlElement>({
  id: 'features/apic-missing',
  severity: 'hint',
  needs: ['features'],
  *find(domain) {
    const features = child(domain.root, 'features');
    // Where ACPI is missing too, that is what matters.
    if (features && domain.isQemu && domain.isX86 && feature(domain, 'acpi') && !feature(domain, 'apic'))
      yield features;
  },
  say: (features) => ({
    at: nameSpan(features),
    message: say`It is customary to name \`<apic/>\` on x86, as virt-install and Nova do. QEMU has one in any case; other hypervisors and tools look for the element.`,
  }),
  fix: (_, domain) => {
    const acpi = feature(domain, 'acpi');
    const edits = acpi ? insertAfter(acpi, '<apic/>', domain.document) : addFeature(domain, '<apic/>');
    return [{ title: say`Add <apic/>`, edits }];
  },
});
