import { type Cpu, cpuOf } from '../../domain/cpu.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { hasAssignedDevice } from './usage.ts';

interface Match {
  readonly cpu: Cpu;
  readonly at: XmlAttribute;
}

export const rule = defineRule<Match>({
  id: 'cpu/host-passthrough-not-migratable',
  severity: 'warning',
  needs: ['cpu', '@migratable'],
  since: '6.5.0',
  *find(domain) {
    const cpu = cpuOf(domain);
    const at = attribute(cpu?.element, 'migratable');
    if (!cpu?.isPassthrough || !domain.isQemu || hasAssignedDevice(domain)) return;
    if (at?.value.trim() === 'off') yield { cpu, at };
  },
  say: ({ at }) => ({
    at: valueSpan(at),
    message: say`With \`migratable='off'\` the guest keeps CPU features such as \`invtsc\` that make live migration, managed save and snapshots with memory fail. Set it to \`on\` unless the software in the guest needs them.`,
  }),
  fix: ({ cpu }, { document }) => [
    { title: say`Change migratable to 'on'`, edits: setAttribute(cpu.element, 'migratable', 'on', document) },
  ],
});
