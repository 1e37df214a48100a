import { formatCpuset } from '../../domain/cpuset.ts';
import { cpuTune, pinnedVcpus, type Scheduling } from '../../domain/cpuTune.ts';
import { say } from '../../l10n/say.ts';
import { valueSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';

interface Loose {
  readonly scheduling: Scheduling;
  readonly vcpus: readonly number[];
}

export const rule = defineRule<Loose>({
  id: 'numa-pinning/realtime-without-pinning',
  severity: 'warning',
  since: '1.2.13',
  needs: ['vcpusched'],
  find(domain) {
    if (!domain.isQemu) return [];
    const pinned = pinnedVcpus(domain);
    return cpuTune(domain).vcpuSchedulings.flatMap((scheduling): Loose[] => {
      const vcpus = [...scheduling.ids].filter((id) => id < (domain.vcpus ?? 0) && !pinned.has(id));
      return scheduling.isRealTime && vcpus.length > 0 ? [{ scheduling, vcpus }] : [];
    });
  },
  say: ({ scheduling, vcpus }) => ({
    at: valueSpan(scheduling.threads),
    message: say`vCPU ${formatCpuset(vcpus)} may run anywhere with real-time priority, and whatever CPU it is on does nothing else, the kernel's own threads included. Pin each to a CPU that the host keeps free.`,
  }),
});
