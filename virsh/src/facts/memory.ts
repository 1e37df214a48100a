/** Free pages and CPUs that are on: what only text output tells. */

import { formatCpuset } from '../../../server/src/domain/cpuset.ts';
import type { HostNode } from '../../../server/src/host/facts.ts';
import { readCommand, type VirshCommand } from '../command.ts';

/** Node → size of a page in KiB → how many are free. */
type FreePages = ReadonlyMap<number, ReadonlyMap<number, number>>;

export function freePages(): VirshCommand<FreePages> {
  return readCommand(['freepages', '--all'], parseFreePages);
}

/** `Node 0:`, then lines such as `2048KiB: 12`. */
export function parseFreePages(output: string): FreePages {
  const nodes = new Map<number, Map<number, number>>();
  let pages = new Map<number, number>();
  for (const line of output.split(/\r?\n/)) {
    const node = /^Node (\d+):/.exec(line)?.[1];
    const [, size, count] = /^(\d+)KiB: (\d+)/.exec(line) ?? [];
    if (node !== undefined) {
      pages = new Map();
      nodes.set(Number(node), pages);
    } else if (size !== undefined && count !== undefined) pages.set(Number(size), Number(count));
  }
  return nodes;
}

/** The CPUs that are on, as a cpuset. */
export function onlineCpus(): VirshCommand<string> {
  return readCommand(['nodecpumap'], (output) => {
    const map = /^CPU map:\s+([y-]+)/m.exec(output)?.[1] ?? '';
    return formatCpuset([...map].flatMap((one, id) => (one === 'y' ? [id] : [])));
  });
}

export function withFreePages(node: HostNode, free: FreePages): HostNode {
  const counts = free.get(node.id);
  const pages = node.pages?.map((one) => {
    const count = counts?.get(one.size);
    return count === undefined ? one : { ...one, free: count };
  });
  return pages ? { ...node, pages } : node;
}
