/** What `virsh capabilities` prints, as facts. */
import { attributeValue, child, childElements, textOf } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';
import type { HostFacts, HostGuest, HostMachine, HostNode } from './facts.ts';

/** The parts of the facts that a document of capabilities tells; undefined for another document. */
export function readCapabilities(root: XmlElement): Partial<HostFacts> | undefined {
  if (root.name !== 'capabilities') return undefined;
  const host = child(root, 'host');
  const cpu = host && child(host, 'cpu');
  const cells = children(host && child(host, 'topology', 'cells'), 'cell').flatMap((cell) => readNode(cell) ?? []);
  const iommu = attributeValue(host && child(host, 'iommu'), 'support');
  const models = children(host, 'secmodel').map((one) => textOf(child(one, 'model')));
  const caches = children(host && child(host, 'cache'), 'bank').flatMap((bank) =>
    attributeValue(bank, 'level') === '3' ? (attributeValue(bank, 'cpus') ?? []) : [],
  );
  const sizes = children(cpu, 'pages').map((pages) => Number(attributeValue(pages, 'size')));
  const guests = childElements(root, 'guest').flatMap(readGuests);
  return {
    ...(cpu && { cpu: readCpu(cpu) }),
    ...(iommu !== undefined && { hasIommu: iommu === 'yes' }),
    ...(models.length > 0 && { securityModels: models }),
    ...(cells.length > 0 && { nodes: cells.sort((a, b) => a.id - b.id) }),
    ...(caches.length > 0 && { sharedCaches: caches }),
    ...(sizes.length > 0 && { pageSizes: sizes }),
    ...(guests.length > 0 && { guests }),
  };
}

function children(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element ? childElements(element, name) : [];
}

function readCpu(cpu: XmlElement): NonNullable<HostFacts['cpu']> {
  const [vendor, model] = ['vendor', 'model'].map((name) => textOf(child(cpu, name)));
  return { architecture: textOf(child(cpu, 'arch')), ...(vendor && { vendor }), ...(model && { model }) };
}

function readNode(cell: XmlElement): HostNode | undefined {
  const id = attributeValue(cell, 'id');
  const cores = new Set(
    children(child(cell, 'cpus'), 'cpu').flatMap(
      (cpu) => attributeValue(cpu, 'siblings') ?? attributeValue(cpu, 'id') ?? [],
    ),
  );
  const memory = textOf(child(cell, 'memory'));
  const pages = children(cell, 'pages').map((one) => ({
    size: Number(attributeValue(one, 'size')),
    count: Number(textOf(one)),
  }));
  if (id === undefined || cores.size === 0) return undefined;
  return {
    id: Number(id),
    ...(memory && { memory: Number(memory) }),
    cores: [...cores],
    ...(pages.length > 0 && { pages }),
  };
}

/** One for each type of domain, which may have an emulator and machines of its own. */
function readGuests(guest: XmlElement): HostGuest[] {
  const osType = textOf(child(guest, 'os_type'));
  return childElements(guest, 'arch').flatMap((arch) =>
    childElements(arch, 'domain').map((domain) => {
      const own = childElements(domain, 'machine');
      const emulator = textOf(child(domain, 'emulator')) || textOf(child(arch, 'emulator'));
      return {
        architecture: attributeValue(arch, 'name') ?? '',
        osType,
        type: attributeValue(domain, 'type') ?? '',
        ...(emulator && { emulator }),
        machines: (own.length > 0 ? own : childElements(arch, 'machine')).map(readMachine),
      };
    }),
  );
}

function readMachine(machine: XmlElement): HostMachine {
  const [aliasOf, most] = ['canonical', 'maxCpus'].map((name) => attributeValue(machine, name));
  return {
    name: textOf(machine),
    ...(aliasOf && { aliasOf }),
    ...(most && { maxVcpus: Number(most) }),
    ...(attributeValue(machine, 'deprecated') === 'yes' && { isDeprecated: true }),
  };
}
