import { type Cpu, cpuOf, modeSpan } from '../../domain/cpu.ts';
import { say } from '../../l10n/say.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<Cpu>({
  id: 'cpu/host-model-cold-restart',
  severity: 'hint',
  needs: ['cpu', '@mode'],
  *find(domain) {
    const cpu = cpuOf(domain);
    if (cpu?.mode === 'host-model' && domain.isQemu && domain.isX86) yield cpu;
  },
  say: (cpu) => ({
    at: modeSpan(cpu),
    message: say`\`host-model\` is worked out anew at each start: after shutdown and start on another host the guest may see another CPU. Name a model (\`virsh hypervisor-cpu-baseline\`) where licences or software built for this CPU depend on it.`,
  }),
});
