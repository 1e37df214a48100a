import { formatCpuset, parseCpuset } from '../domain/cpuset.ts';
import type { Domain } from '../domain/domain.ts';
import { type HostLayout, layoutFor, type NodeLayout } from '../domain/hostLayout.ts';
import { wholeNumber } from '../domain/numbers.ts';
import type { TextEdit } from '../finding.ts';
import { say } from '../l10n/say.ts';
import { insertChild } from '../xml/edits.ts';
import { attributeValue, child, childElements } from '../xml/query.ts';
import { around, type OfferRefactoring, type Refactoring } from './refactoring.ts';

export const offer: OfferRefactoring = (domain, at) => {
  const asked = ['vcpu', 'cputune', 'cpu'].some((name) => around(at, name));
  const { vcpus, root } = domain;
  const cputune = child(root, 'cputune');
  const isPinned = cputune && childElements(cputune).some(({ name }) => name === 'vcpupin' || name === 'emulatorpin');
  // Guest nodes want host nodes of their own: which ones, only the user can say.
  if (!asked || !domain.isQemu || vcpus === undefined || isPinned || domain.numaCells.length > 1) return [];
  const layout = layoutFor(domain);
  // vCPUs far from the memory that the guest is bound to would be slower than before.
  const bound = memoryNodes(domain);
  const nodes = layout?.nodes.filter(({ id }) => bound?.has(id) ?? true) ?? [];
  return layout ? nodes.flatMap((node) => pinnedTo(node, vcpus, layout, domain) ?? []) : [];
};

/** The host nodes that numatune binds the memory to: of its one cell, or of the whole guest. */
function memoryNodes({ root }: Domain): ReadonlySet<number> | undefined {
  const binding = child(root, 'numatune', 'memnode') ?? child(root, 'numatune', 'memory');
  return parseCpuset(attributeValue(binding, 'nodeset') ?? '');
}

/** Whole cores of one node: a guest that shares no core with another guest is neither slowed nor watched by it. */
function pinnedTo(node: NodeLayout, vcpus: number, layout: HostLayout, domain: Domain): Refactoring | undefined {
  const threads = wholeNumber(attributeValue(child(domain.root, 'cpu', 'topology'), 'threads')) ?? 1;
  const perCore = Math.min(...node.cores.map((core) => core.length));
  // A guest that knows of its threads gets the threads of a core; any other gets a core for each vCPU.
  const used = Math.min(threads, perCore);
  const cores = node.cores.slice(1, 1 + Math.ceil(vcpus / used));
  if (cores.length * used < vcpus) return undefined;
  const host = cores.flatMap((core) => core.slice(0, used)).slice(0, vcpus);
  const [forEmulator = []] = node.cores;
  const pins = [
    ...host.map((cpu, vcpu) => `<vcpupin vcpu='${vcpu}' cpuset='${cpu}'/>`),
    `<emulatorpin cpuset='${formatCpuset(forEmulator)}'/>`,
  ];
  const several = layout.nodes.length > 1;
  return {
    page: 'pin-vcpus',
    title: say`Pin ${vcpus} vCPUs to ${vcpus === host.length && used > 1 ? say`${cores.length} cores` : say`a core each`}${several ? say` of host NUMA node ${node.id}` : ''}`,
    consequences: [
      say`vCPUs run on host CPUs ${formatCpuset(host)} only, QEMU's own threads on ${formatCpuset(forEmulator)}: keep other guests and heavy host processes off them, or pinning makes it slower.`,
      ...(several ? memoryConsequence(node, domain) : []),
      ...(threads > 1 || perCore === 1
        ? []
        : [
            say`The second threads of these cores stay idle: write threads='2' into the topology to let the guest use them as such.`,
          ]),
      say`A host that the guest migrates to must have the same CPU numbers; pinning can be changed while it runs.`,
    ],
    edits: [...withPins(pins, domain), ...(several ? withMemory(node, domain) : [])],
  };
}

function withPins(pins: readonly string[], { root, document }: Domain): TextEdit[] {
  const cputune = child(root, 'cputune');
  if (cputune) return insertChild(cputune, pins.join('\n'), document, { first: true });
  const behind = ['iothreadids', 'iothreads', 'vcpus', 'vcpu'].flatMap((name) => child(root, name) ?? [])[0];
  const xml = `<cputune>\n${pins.map((pin) => `  ${pin}`).join('\n')}\n</cputune>`;
  return insertChild(root, xml, document, behind ? { after: behind } : {});
}

function memoryConsequence({ id }: NodeLayout, domain: Domain): string[] {
  if (!child(domain.root, 'numatune'))
    return [say`Memory is taken from node ${id} as well: it must have that much free, or the guest does not start.`];
  // Bound to this node already: nothing about it changes.
  if (memoryNodes(domain)?.size === 1) return [];
  return [say`Where memory is taken from stays as numatune has it: what is not on node ${id} is slow to reach.`];
}

function withMemory(node: NodeLayout, { root, document }: Domain): TextEdit[] {
  if (child(root, 'numatune')) return [];
  const behind = child(root, 'cputune') ?? child(root, 'os');
  const xml = `<numatune>\n  <memory mode='strict' nodeset='${node.id}'/>\n</numatune>`;
  return insertChild(root, xml, document, behind ? { after: behind } : {});
}
