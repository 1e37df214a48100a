/** Where on the host a pin leads: its NUMA node, core and thread. */
import { parseCpuset } from '../../domain/cpuset.ts';
import { cpuTune } from '../../domain/cpuTune.ts';
import type { Domain } from '../../domain/domain.ts';
import type { HostLayout } from '../../domain/hostLayout.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeSpan, child } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import type { InlayHint } from './hint.ts';

interface HostCpu {
  readonly node: number;
  /** Counted from 0 within the node, and within the core. */
  readonly core: number;
  readonly thread: number;
  readonly siblings: readonly number[];
}

export function hostCpuHints(domain: Domain, layout: HostLayout): InlayHint[] {
  const { vcpuPins, iothreadPins, emulatorPin } = cpuTune(domain);
  const cpusets = [
    attribute(child(domain.root, 'vcpu'), 'cpuset'),
    ...[...vcpuPins, ...iothreadPins].map(({ cpuset }) => cpuset),
    attribute(emulatorPin, 'cpuset'),
  ];
  const cpus = cpusOf(layout);
  return cpusets.flatMap((cpuset) => (cpuset ? hint(cpuset, cpus) : []));
}

function hint(cpuset: XmlAttribute, cpus: ReadonlyMap<number, HostCpu>): InlayHint[] {
  const numbers = [...(parseCpuset(cpuset.value) ?? [])];
  const found = numbers.flatMap((number) => cpus.get(number) ?? []);
  const [first] = found;
  // Of CPUs that this host does not have, a rule speaks.
  if (!first || found.length < numbers.length) return [];
  const offset = attributeSpan(cpuset).end;
  if (found.length > 1) return [{ offset, kind: 'hostCpus', label: nodes(found) }];
  const label = say`node ${first.node}, core ${first.core}, thread ${first.thread}`;
  const others = first.siblings.filter((number) => !numbers.includes(number)).join(', ');
  return [{ offset, kind: 'hostCpus', label, ...(others && { tooltip: say`Shares its core with CPU ${others}.` }) }];
}

function nodes(cpus: readonly HostCpu[]): string {
  const ids = [...new Set(cpus.map(({ node }) => node))].sort((a, b) => a - b).join(', ');
  const cores = new Set(cpus.map(({ node, core }) => `${node}/${core}`)).size;
  return say`node ${ids}, cores: ${cores}`;
}

function cpusOf({ nodes }: HostLayout): ReadonlyMap<number, HostCpu> {
  const cpus = new Map<number, HostCpu>();
  for (const { id, cores } of nodes)
    cores.forEach((siblings, core) => {
      siblings.forEach((number, thread) => {
        cpus.set(number, { node: id, core, thread, siblings });
      });
    });
  return cpus;
}
