/** The CPUs of a host as `virsh capabilities` tells them: NUMA nodes, and the threads that share a core. */
import { attributeValue, child, childElements } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';
import { parseCpuset } from './cpuset.ts';
import { wholeNumber } from './numbers.ts';

/** Host CPUs by their numbers. Those of one core share its execution units and first caches. */
export interface HostNode {
  readonly id: number;
  readonly cores: readonly (readonly number[])[];
}

export interface HostLayout {
  /** In the order of their ids. */
  readonly nodes: readonly HostNode[];
}

/** Reads `<capabilities>`; undefined where it has no topology (another document, or a host that libvirt could not read). */
export function readHostLayout(capabilities: XmlElement): HostLayout | undefined {
  if (capabilities.name !== 'capabilities') return undefined;
  const cells = child(capabilities, 'host', 'topology', 'cells');
  const nodes = (cells ? childElements(cells, 'cell') : []).flatMap((cell) => readNode(cell) ?? []);
  return nodes.length > 0 ? { nodes: nodes.sort((a, b) => a.id - b.id) } : undefined;
}

function readNode(cell: XmlElement): HostNode | undefined {
  const id = wholeNumber(attributeValue(cell, 'id'));
  const cpus = child(cell, 'cpus');
  if (id === undefined || !cpus) return undefined;
  const cores = new Map<string, readonly number[]>();
  for (const cpu of childElements(cpus, 'cpu')) {
    const number = attributeValue(cpu, 'id') ?? '';
    const siblings = parseCpuset(attributeValue(cpu, 'siblings') ?? number);
    if (siblings) cores.set([...siblings].join(), [...siblings]);
  }
  return cores.size > 0 ? { id, cores: [...cores.values()] } : undefined;
}
