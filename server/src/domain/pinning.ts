/** Which host CPUs the guest's vCPUs run on. */
import { attributeValue, child, childElements } from '../xml/query.ts';
import { parseCpuset } from './cpuset.ts';
import type { Domain } from './domain.ts';
import { wholeNumber } from './numbers.ts';

/** The host CPUs of each vCPU that cputune pins. */
export function vcpuPins(domain: Domain): ReadonlyMap<number, ReadonlySet<number>> {
  return domain.keep('vcpu pins', () => {
    const cputune = child(domain.root, 'cputune');
    const pins = cputune ? childElements(cputune, 'vcpupin') : [];
    return new Map(
      pins.flatMap((pin) => {
        const vcpu = wholeNumber(attributeValue(pin, 'vcpu'));
        const cpus = parseCpuset(attributeValue(pin, 'cpuset') ?? '');
        return vcpu !== undefined && cpus ? [[vcpu, cpus] as const] : [];
      }),
    );
  });
}

/** Each vCPU has a host CPU that no other vCPU of this guest has. */
export function hasOwnCpus(domain: Domain): boolean {
  const pins = vcpuPins(domain);
  const { vcpus } = domain;
  if (vcpus === undefined || vcpus === 0 || pins.size < vcpus) return false;
  const taken = new Set<number>();
  for (const cpus of pins.values()) {
    const [only, ...others] = cpus;
    if (only === undefined || others.length > 0 || taken.has(only)) return false;
    taken.add(only);
  }
  return true;
}

/** The vCPUs may use as many host CPUs as they are, at least: pinned apart, or all to one set that is large enough. */
export function mayHaveOwnCpus(domain: Domain): boolean {
  const all = parseCpuset(attributeValue(child(domain.root, 'vcpu'), 'cpuset') ?? '');
  return hasOwnCpus(domain) || (all !== undefined && domain.vcpus !== undefined && all.size >= domain.vcpus);
}
