import { cpuTune, type Pin } from '../../domain/cpuTune.ts';
import type { Domain } from '../../domain/domain.ts';
import { say } from '../../l10n/say.ts';
import { nameSpan, valueSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';

interface Shared {
  readonly pin: Pin;
  readonly first: Pin;
  readonly cpu: number;
}

/** vCPUs pinned to one CPU that another vCPU is pinned to alone. */
function* shared(domain: Domain): Iterable<Shared> {
  const owners = new Map<number, Pin>();
  const most = domain.vcpus ?? 0;
  for (const pin of domain.isQemu ? cpuTune(domain).vcpuPins : []) {
    const [cpu] = pin.cpus?.size === 1 ? pin.cpus : [];
    if (cpu === undefined || pin.number >= most) continue;
    const first = owners.get(cpu);
    if (first && first.number !== pin.number) yield { pin, first, cpu };
    else owners.set(cpu, pin);
  }
}

export const rule = defineRule<Shared>({
  id: 'numa-pinning/vcpus-share-host-cpu',
  severity: 'warning',
  needs: ['vcpupin'],
  find: shared,
  say: ({ pin, first, cpu }) => ({
    at: pin.cpuset ? valueSpan(pin.cpuset) : nameSpan(pin.element),
    message: say`vCPUs ${first.number} and ${pin.number} take turns on host CPU ${cpu}, while the guest takes them for two: one waits for a lock that the other holds, asleep. Give each a CPU of its own.`,
    related: [{ ...valueSpan(first.cpuset ?? first.id), message: say`vCPU ${first.number} is on it` }],
  }),
});
