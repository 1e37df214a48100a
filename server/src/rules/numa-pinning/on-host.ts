/** CPUs and NUMA nodes that a host does not have, or that lie far from each other there. */

import { formatCpuset, parseCpuset } from '../../domain/cpuset.ts';
import { commonCpuset, cpuTune, type Pin } from '../../domain/cpuTune.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Host } from '../../domain/host.ts';
import { type Phrase, phrase, say } from '../../l10n/say.ts';
import {
  attribute,
  attributeValue,
  child,
  childElements,
  nameSpan,
  textOf,
  textSpan,
  valueSpan,
} from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { hostRule, type Lack } from '../hostRule.ts';
import type { Rule } from '../rule.ts';

const page = 'numa-pinning/on-host';

function pinningSets(domain: Domain): XmlAttribute[] {
  const { vcpuPins, iothreadPins, emulatorPin } = cpuTune(domain);
  const pins = [...vcpuPins, ...iothreadPins].map(({ cpuset }) => cpuset);
  return [commonCpuset(domain), ...pins, attribute(emulatorPin, 'cpuset')].flatMap((one) => one ?? []);
}

function* absentCpus(domain: Domain, host: Host): Iterable<Lack> {
  const { cpus } = host;
  if (!cpus || cpus.size === 0) return;
  for (const cpuset of pinningSets(domain)) {
    const missing = [...(parseCpuset(cpuset.value) ?? [])].filter((cpu) => !cpus.has(cpu));
    if (missing.length === 0) continue;
    yield {
      at: valueSpan(cpuset),
      message: (hosts) =>
        say`There is no CPU ${formatCpuset(missing)} on ${hosts}, or it is off: the guest does not start there. CPUs there: ${formatCpuset(cpus)}.`,
    };
  }
}

function nodeSets(domain: Domain): XmlAttribute[] {
  const tune = child(domain.root, 'numatune');
  const elements = tune ? [...childElements(tune, 'memory'), ...childElements(tune, 'memnode')] : [];
  return elements.flatMap((one) => attribute(one, 'nodeset') ?? []);
}

function* absentNodes(domain: Domain, host: Host): Iterable<Lack> {
  const { nodes } = host;
  if (!nodes) return;
  for (const nodeset of nodeSets(domain)) {
    const missing = [...(parseCpuset(nodeset.value) ?? [])].filter((node) => !nodes.has(node));
    if (missing.length === 0) continue;
    yield {
      at: valueSpan(nodeset),
      message: (hosts) =>
        say`There is no NUMA node ${formatCpuset(missing)} on ${hosts}: the guest does not start there. Nodes there: ${formatCpuset(nodes.keys())}.`,
    };
  }
}

function cpusOf(pins: readonly Pin[]): readonly number[] {
  return pins.flatMap(({ cpus }) => [...(cpus ?? [])]);
}

/** A guest that sees no nodes has all its vCPUs in one; one that sees some has each where its memory is. */
function* farFromMemory(domain: Domain, host: Host): Iterable<Lack> {
  const { vcpuPins, element } = cpuTune(domain);
  if (!element || vcpuPins.length === 0 || (host.nodes?.size ?? 0) < 2) return;
  const tune = child(domain.root, 'numatune');
  if (domain.numaCells.length > 0) {
    for (const [index, cell] of domain.numaCells.entries()) {
      const id = attributeValue(cell, 'id') ?? String(index);
      const members = parseCpuset(attributeValue(cell, 'cpus') ?? '');
      const own = tune && childElements(tune, 'memnode').find((one) => attributeValue(one, 'cellid') === id);
      const nodeset = attribute(own ?? (tune && child(tune, 'memory')), 'nodeset');
      const pins = vcpuPins.filter(({ number }) => members?.has(number));
      if (nodeset) yield* remote(host, pins, nodeset, phrase`cell ${id}`);
    }
    return;
  }
  const nodes = host.nodesOf(cpusOf(vcpuPins));
  if (nodes.size > 1) {
    yield {
      at: nameSpan(element),
      message: (hosts) =>
        say`The vCPUs are pinned to CPUs of the NUMA nodes ${formatCpuset(nodes)} of ${hosts}, and the guest sees one node: its kernel cannot keep tasks near their memory. Pin it to one node, or show it cells (\`<numa>\` in \`<cpu>\`).`,
    };
  } else {
    const nodeset = attribute(tune && child(tune, 'memory'), 'nodeset');
    if (nodeset) yield* remote(host, vcpuPins, nodeset, phrase`the guest`);
  }
}

function* remote(host: Host, pins: readonly Pin[], nodeset: XmlAttribute, whose: Phrase): Iterable<Lack> {
  const [ofCpus, ofMemory] = [host.nodesOf(cpusOf(pins)), parseCpuset(nodeset.value)];
  if (!ofMemory || ofCpus.size === 0 || [...ofCpus].some((node) => ofMemory.has(node))) return;
  yield {
    at: valueSpan(nodeset),
    message: (hosts) =>
      say`The vCPUs of ${whose} run on NUMA node ${formatCpuset(ofCpus)} of ${hosts}, and their memory comes from node ${formatCpuset(ofMemory)}: every access takes half as long again or more.`,
  };
}

function* takenCpus(domain: Domain, host: Host): Iterable<Lack> {
  const name = textOf(child(domain.root, 'name'));
  const others = (host.facts.domains ?? []).flatMap((other) => {
    const cpus = other.isActive && other.name !== name ? parseCpuset(other.pinned ?? '') : undefined;
    return cpus ? [{ name: other.name, cpus }] : [];
  });
  if (others.length === 0) return;
  for (const { cpuset, cpus } of cpuTune(domain).vcpuPins) {
    // A wide set leaves room to give way.
    const [cpu] = cpus?.size === 1 ? cpus : [];
    const owner = cpu === undefined ? undefined : others.find((other) => other.cpus.has(cpu));
    if (!cpuset || !owner) continue;
    yield {
      at: valueSpan(cpuset),
      message: (hosts) =>
        say`CPU ${cpu} of ${hosts} has a vCPU of \`${owner.name}\` pinned to it, which runs: the two take turns. Choose another CPU.`,
    };
  }
}

function* overcommitted(domain: Domain, host: Host): Iterable<Lack> {
  const element = child(domain.root, 'vcpu');
  const { cpus } = host;
  const { vcpus } = domain;
  if (!element || !cpus || cpus.size === 0 || vcpus === undefined || vcpus <= cpus.size) return;
  yield {
    at: textSpan(element),
    message: (hosts) =>
      say`The guest has ${vcpus} vCPUs, ${hosts} has ${cpus.size} CPUs: there they always wait for each other, and a lock whose holder waits stops the others too. Give it no more than the host has.`,
  };
}

export const rules: readonly Rule[] = [
  hostRule({
    id: 'numa-pinning/cpuset-not-on-host',
    page,
    severity: 'warning',
    needs: ['@cpuset'],
    find: absentCpus,
  }),
  hostRule({
    id: 'numa-pinning/node-not-on-host',
    page,
    severity: 'warning',
    needs: ['@nodeset'],
    find: absentNodes,
  }),
  hostRule({
    id: 'numa-pinning/pinned-cpus-span-nodes',
    page,
    severity: 'warning',
    needs: ['vcpupin'],
    find: farFromMemory,
  }),
  hostRule({ id: 'numa-pinning/cpu-of-another-guest', page, severity: 'warning', needs: ['vcpupin'], find: takenCpus }),
  hostRule({
    id: 'numa-pinning/more-vcpus-than-host',
    page,
    severity: 'warning',
    needs: ['vcpu'],
    find: overcommitted,
  }),
];
