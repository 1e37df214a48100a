import { type CpuFeature, cpuOf } from '../../domain/cpu.ts';
import { say } from '../../l10n/say.ts';
import { attribute, nameSpan, valueSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { setPolicy } from './repairs.ts';

export const rule = defineRule<CpuFeature>({
  id: 'cpu/nested-virtualization',
  severity: 'information',
  needs: ['cpu', 'feature'],
  *find(domain) {
    if (!domain.isKvm || !domain.isX86) return;
    for (const feature of cpuOf(domain)?.features ?? []) {
      const asked = feature.policy === 'require' || feature.policy === 'force';
      if (asked && (feature.name === 'vmx' || feature.name === 'svm')) yield feature;
    }
  },
  say: ({ element, name }) => {
    const at = attribute(element, 'name');
    return {
      at: at ? valueSpan(at) : nameSpan(element),
      message: say`\`${name}\` lets the guest run VMs of its own. While it does, live migration needs kernels and QEMU that carry nested state on both hosts, and more of KVM is open to the guest. Disable it unless the guest is a hypervisor.`,
    };
  },
  fix: (feature, { document }) => [setPolicy(feature, 'disable', document)],
});
