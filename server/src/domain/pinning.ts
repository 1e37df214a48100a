/** Whether the guest's vCPUs have host CPUs of their own. */
import { parseCpuset } from './cpuset.ts';
import { commonCpuset, cpuTune } from './cpuTune.ts';
import type { Domain } from './domain.ts';

/** Each vCPU is pinned to one host CPU, and no two to the same. */
export function hasOwnCpus(domain: Domain): boolean {
  const { vcpus } = domain;
  const pins = cpuTune(domain).vcpuPins;
  if (vcpus === undefined || vcpus === 0 || pins.length < vcpus) return false;
  const taken = pins.map(({ cpus }) => (cpus?.size === 1 ? [...cpus][0] : undefined));
  return taken.every((cpu) => cpu !== undefined) && new Set(taken).size === taken.length;
}

/** So they are, or all may run on one set that has as many CPUs as they are. */
export function mayHaveOwnCpus(domain: Domain): boolean {
  const all = parseCpuset(commonCpuset(domain)?.value ?? '');
  return hasOwnCpus(domain) || (all !== undefined && domain.vcpus !== undefined && all.size >= domain.vcpus);
}
