import { type Cpu, cpuOf } from '../../domain/cpu.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, child, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

interface Match {
  readonly cpu: Cpu;
  readonly check: XmlAttribute;
}

export const rule = defineRule<Match>({
  id: 'cpu/check-without-model',
  severity: 'warning',
  needs: ['cpu', '@check'],
  since: '3.2.0',
  *find(domain) {
    const cpu = cpuOf(domain);
    const check = attribute(cpu?.element, 'check');
    if (!cpu || !check || !domain.isQemu || !domain.isX86 || cpu.mode !== 'custom' || cpu.modelName) return;
    // Features or a vendor without a model are refused.
    if (cpu.features.length === 0 && !child(cpu.element, 'vendor')) yield { cpu, check };
  },
  say: ({ check }) => ({
    at: valueSpan(check),
    message: say`\`check='${check.value.trim()}'\` has no model to check: libvirt fills in \`qemu64\` and guards a CPU that nobody asked for. Choose a mode or name a model.`,
  }),
  fix: ({ cpu }, { isKvm, document }) => {
    const mode = isKvm ? 'host-model' : 'maximum';
    return [{ title: say`Use mode='${mode}'`, edits: setAttribute(cpu.element, 'mode', mode, document) }];
  },
});
