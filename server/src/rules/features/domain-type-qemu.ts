import { cpuOf } from '../../domain/cpu.ts';
import { say } from '../../l10n/say.ts';
import { setValue } from '../../xml/edits.ts';
import { attribute, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlAttribute>({
  id: 'features/domain-type-qemu',
  severity: 'information',
  *find(domain) {
    const type = attribute(domain.root, 'type');
    // A guest of the PC's architecture is emulated on a PC for want of KVM only; one that asks for the most that emulation has knows it.
    if (type && domain.type === 'qemu' && domain.architecture === 'x86_64' && cpuOf(domain)?.mode !== 'maximum')
      yield type;
  },
  say: (type) => ({
    at: valueSpan(type),
    message: say`Every instruction is translated, at a tenth of KVM's speed or less. Right where the host has no virtualisation, or for another architecture than its own; else use \`type='kvm'\`.`,
  }),
  fix: (type, { document }) => [{ title: say`Use type='kvm'`, edits: setValue(type, 'kvm', document) }],
});
