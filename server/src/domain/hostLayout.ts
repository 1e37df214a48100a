/** The cores of a host: NUMA nodes, and the CPUs that are threads of one core. */
import type { HostFacts } from '../host/facts.ts';
import { parseCpuset } from './cpuset.ts';
import type { Domain } from './domain.ts';

/** Host CPUs by their numbers. Those of one core share its execution units and first caches. */
export interface NodeLayout {
  readonly id: number;
  readonly cores: readonly (readonly number[])[];
}

export interface HostLayout {
  /** In the order of their ids. */
  readonly nodes: readonly NodeLayout[];
}

/** The cores of the one host that a VM is for: of several the numbers of one would be wrong on the others. */
export function layoutFor({ hosts }: Pick<Domain, 'hosts'>): HostLayout | undefined {
  const [host, ...others] = hosts;
  return host && others.length === 0 ? layoutOf(host.facts) : undefined;
}

/** Undefined where the facts tell no CPUs. */
function layoutOf({ nodes = [] }: HostFacts): HostLayout | undefined {
  const known = nodes.map(({ id, cores }) => ({ id, cores: cores.map((core) => [...(parseCpuset(core) ?? [])]) }));
  return known.length > 0 ? { nodes: known } : undefined;
}
