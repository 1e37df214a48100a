/** CPU modes that libvirt refuses, and attributes that go with another mode only. */
import { type Cpu, cpuOf, modeSpan } from '../../domain/cpu.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule, type Rule } from '../rule.ts';
import { changeMode, dropAttribute } from './repairs.ts';

export const refusals: readonly Rule[] = [
  defineRule<Cpu>({
    id: 'cpu/host-passthrough-without-kvm',
    page: 'cpu/mode',
    severity: 'error',
    needs: ['cpu', '@mode'],
    *find(domain) {
      const cpu = cpuOf(domain);
      if (domain.type === 'qemu' && cpu?.mode === 'host-passthrough') yield cpu;
    },
    say: (cpu) => ({
      at: modeSpan(cpu),
      message: say`The guest cannot start: \`host-passthrough\` needs hardware virtualisation, and a domain of \`type='qemu'\` is emulated. Use mode \`maximum\`, or \`type='kvm'\` where the host has it.`,
    }),
    fix: (cpu, { document }) => [
      { title: say`Use mode='maximum'`, edits: changeMode(cpu, 'maximum', document) },
      { title: say`Use mode='host-model'`, edits: changeMode(cpu, 'host-model', document) },
    ],
  }),
  defineRule<{ readonly cpu: Cpu; readonly migratable: XmlAttribute }>({
    id: 'cpu/migratable-wrong-mode',
    page: 'cpu/mode',
    severity: 'error',
    needs: ['cpu', '@migratable'],
    since: '6.5.0',
    *find(domain) {
      const cpu = cpuOf(domain);
      const migratable = attribute(cpu?.element, 'migratable');
      if (cpu && migratable && (cpu.mode === 'custom' || cpu.mode === 'host-model')) yield { cpu, migratable };
    },
    say: ({ cpu, migratable }) => ({
      at: attributeSpan(migratable),
      message: say`\`migratable\` goes with \`host-passthrough\` and \`maximum\` only; mode \`${cpu.mode}\` gives a reproducible CPU anyway. Remove it.`,
    }),
    fix: ({ cpu }, { document }) => [
      { title: say`Remove migratable`, edits: dropAttribute(cpu.element, 'migratable', document) },
    ],
  }),
];
