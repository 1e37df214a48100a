/** What of a host's `<capabilities>` decides whether a domain's memory and pinning fit. */
import { readXml, type XmlNode } from '../output/xml.ts';

export interface HostCapacity {
  /** The same through whatever connection the host is reached. */
  readonly uuid: string | undefined;
  /** Numbers of the host's CPUs and NUMA nodes; empty where libvirt does not tell. */
  readonly cpus: ReadonlySet<number>;
  readonly nodes: ReadonlySet<number>;
  /** KiB. */
  readonly memory: number;
  /** Pages that are set aside, by their size in KiB. */
  readonly hugePages: ReadonlyMap<number, number>;
}

export function readCapacity(capabilities: string): HostCapacity {
  const host = readXml(capabilities, 'capabilities').at('host');
  const cells = host.at('topology', 'cells').all('cell');
  const ids = (nodes: readonly XmlNode[]): Set<number> => new Set(nodes.map((node) => Number(node.attribute('id'))));
  const hugePages = new Map<number, number>();
  for (const pages of cells.flatMap((cell) => cell.all('pages'))) {
    const size = Number(pages.attribute('size'));
    hugePages.set(size, (hugePages.get(size) ?? 0) + Number(pages.text ?? 0));
  }
  return {
    uuid: host.at('uuid').text,
    cpus: ids(cells.flatMap((cell) => cell.at('cpus').all('cpu'))),
    nodes: ids(cells),
    memory: cells.reduce((sum, cell) => sum + Number(cell.at('memory').text ?? 0), 0),
    hugePages,
  };
}
