import { namedCpu } from '../../domain/cpu.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

/** libvirt itself writes check='none' beside the default models that it fills in. */
const DEFAULTS = new Set(['qemu64', 'qemu32']);

export const rule = defineRule<XmlAttribute>({
  id: 'cpu/check-none',
  severity: 'warning',
  needs: ['model', '@check'],
  since: '3.2.0',
  *find(domain) {
    const cpu = domain.isKvm && domain.isX86 ? namedCpu(domain) : undefined;
    const check = attribute(cpu?.element, 'check');
    if (cpu && check?.value.trim() === 'none' && !DEFAULTS.has(cpu.modelName)) yield check;
  },
  say: (check) => ({
    at: valueSpan(check),
    message: say`With \`check='none'\` QEMU drops the features of the model that this host lacks and starts all the same: the guest runs with another CPU than the one written here. Use \`partial\`, which refuses the start instead.`,
  }),
  fix: (check, { document }) => [
    { title: say`Change check to 'partial'`, edits: setAttribute(check.parent, 'check', 'partial', document) },
  ],
});
