import { type Cpu, cpuOf, modeSpan } from '../../domain/cpu.ts';
import { say } from '../../l10n/say.ts';
import { attributeValue } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { useHostModel } from './repairs.ts';
import { hasAssignedDevice } from './usage.ts';

export const rule = defineRule<Cpu>({
  id: 'cpu/host-passthrough-migration',
  severity: 'information',
  needs: ['cpu', '@mode'],
  *find(domain) {
    const cpu = cpuOf(domain);
    // Elsewhere than on x86 (Arm, RISC-V) KVM often offers nothing but host-passthrough.
    if (!cpu?.isPassthrough || !domain.isQemu || !domain.isX86 || hasAssignedDevice(domain)) return;
    if (cpu.mode === 'maximum' && !domain.isKvm) return;
    if ((attributeValue(cpu.element, 'migratable') ?? 'on') === 'on') yield cpu;
  },
  say: (cpu) => ({
    at: modeSpan(cpu),
    message: say`CPU mode \`${cpu.mode}\` is the fastest, but ties live migration and saved memory to hosts with the same CPU, microcode, kernel and QEMU, and libvirt cannot check that. Use \`host-model\` (about 4 % slower in CERN's tests) if this guest shall move.`,
  }),
  fix: (cpu, { document }) => [useHostModel(cpu, document)],
});
