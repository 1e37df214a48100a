import { type CpuFeature, cpuOf } from '../../domain/cpu.ts';
import { say } from '../../l10n/say.ts';
import { attribute, nameSpan, valueSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { setPolicy } from './repairs.ts';

/** Features that KVM or QEMU provide whatever the silicon says. */
const VIRTUAL = new Set(['virt-ssbd', 'hypervisor', 'topoext', 'x2apic']);

export const rule = defineRule<CpuFeature>({
  id: 'cpu/feature-force',
  severity: 'warning',
  needs: ['feature', '@policy'],
  *find(domain) {
    if (!domain.isQemu) return;
    for (const feature of cpuOf(domain)?.features ?? []) {
      if (feature.policy === 'force' && !VIRTUAL.has(feature.name)) yield feature;
    }
  },
  say: ({ element, name }) => {
    const policy = attribute(element, 'policy');
    return {
      at: policy ? valueSpan(policy) : nameSpan(element),
      message: say`\`policy='force'\` shows \`${name}\` to the guest even where the host has no such feature: software that uses it gets an illegal instruction. Use \`require\`, or \`optional\` if some hosts lack it.`,
    };
  },
  fix: (feature, { document }) => [setPolicy(feature, 'require', document), setPolicy(feature, 'optional', document)],
});
