/** Memory that a host does not have, or not in the pages that are asked for. */

import { parseCpuset } from '../../domain/cpuset.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Host } from '../../domain/host.ts';
import { ORDINARY_PAGE, pageOfNode } from '../../domain/memory.ts';
import { type NodeMemory, nodeMemory, pagesOf } from '../../domain/nodeMemory.ts';
import { formatSize, KIBIBYTE, roundedSize } from '../../domain/sizes.ts';
import { say } from '../../l10n/say.ts';
import { attributeValue, child, childElements, nameSpan, textOf } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { hostRule, type Lack } from '../hostRule.ts';
import { placeOf } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'memory/on-host';

function* beyondHost(domain: Domain, host: Host): Iterable<Lack> {
  const sizes = (host.facts.nodes ?? []).map(({ memory }) => memory);
  const element = child(domain.root, 'memory');
  const { memory } = domain;
  if (!element || memory === undefined || sizes.length === 0 || sizes.includes(undefined)) return;
  const all = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0) * KIBIBYTE;
  if (memory <= all) return;
  yield {
    at: nameSpan(element),
    message: (hosts) =>
      say`The guest has ${formatSize(memory)}, more than all memory of ${hosts} (${roundedSize(all)}): it lives by swapping there, or is killed.`,
  };
}

function* unknownPageSize(domain: Domain, host: Host): Iterable<Lack> {
  const { pageSizes } = host.facts;
  if (!pageSizes) return;
  for (const { element, size } of domain.memoryBacking.pages) {
    if (size === undefined || size === ORDINARY_PAGE || pageSizes.includes(size / KIBIBYTE)) continue;
    const huge = pageSizes.filter((one) => one > ORDINARY_PAGE / KIBIBYTE).map((one) => formatSize(one * KIBIBYTE));
    yield {
      at: placeOf(element, 'size'),
      message: (hosts) =>
        say`The CPU of ${hosts} has no pages of ${formatSize(size)}${huge.length > 0 ? say` (it has ${huge.join(', ')})` : ''}: the guest does not start there.`,
    };
  }
}

/** Pages of one size from some nodes of the host. */
interface Need {
  readonly size: number;
  /** Undefined: wherever there are any. */
  readonly nodes: ReadonlySet<number> | undefined;
  readonly pages: number;
  readonly at: XmlElement;
}

/** What each cell and DIMM of the guest takes, or all of a guest without cells. */
function needs(domain: Domain): readonly Need[] {
  const tune = child(domain.root, 'numatune');
  const bound = ({ node, nodemask }: NodeMemory): ReadonlySet<number> | undefined => {
    const own = tune && childElements(tune, 'memnode').find((one) => attributeValue(one, 'cellid') === String(node));
    const binding = own ?? (tune && child(tune, 'memory'));
    const isStrict = (attributeValue(binding, 'mode') ?? 'strict') === 'strict';
    return isStrict ? parseCpuset(nodemask ?? attributeValue(binding, 'nodeset') ?? '') : undefined;
  };
  return nodeMemory(domain).flatMap((piece) => {
    const asked = pageOfNode(domain.memoryBacking, piece.node);
    if (!asked || asked.size === undefined || asked.size <= ORDINARY_PAGE) return [];
    const pages = pagesOf([piece], asked.size);
    return pages === undefined ? [] : [{ size: asked.size, nodes: bound(piece), pages, at: asked.element }];
  });
}

/** What draws on the same pages is counted together. */
function together(all: readonly Need[]): readonly Need[] {
  const groups = new Map<string, Need>();
  for (const need of all) {
    const key = `${need.size} ${need.nodes ? [...need.nodes].join() : ''}`;
    const known = groups.get(key);
    groups.set(key, known ? { ...known, pages: known.pages + need.pages } : need);
  }
  return [...groups.values()];
}

function* tooFewPages(domain: Domain, host: Host): Iterable<Lack> {
  const { nodes } = host.facts;
  if (!nodes || !domain.memoryBacking.hugepages) return;
  const name = textOf(child(domain.root, 'name'));
  const runsThere = host.facts.domains?.some((one) => one.name === name && one.isActive) ?? false;
  for (const { size, nodes: wanted, pages, at } of together(needs(domain))) {
    const pools = nodes
      .filter(({ id }) => wanted?.has(id) ?? true)
      .flatMap((node) => node.pages?.find((one) => one.size === size / KIBIBYTE) ?? []);
    const sum = (counts: readonly (number | undefined)[]): number | undefined =>
      counts.length === 0 || counts.includes(undefined) ? undefined : counts.reduce<number>((a, b) => a + (b ?? 0), 0);
    const [count, free] = [sum(pools.map((one) => one.count)), sum(pools.map((one) => one.free))];
    // A guest that runs there holds its pages already.
    const available = runsThere ? count : (free ?? count);
    if (available === undefined || available >= pages) continue;
    const place = wanted && nodes.length > 1 ? say` on node ${[...wanted].join(', ')}` : '';
    yield {
      at: placeOf(at, 'size'),
      message: (hosts) =>
        say`The guest needs ${pages} pages of ${formatSize(size)}; ${hosts} ${count === undefined || count >= pages ? say`had ${available} of them free` : say`has set ${count} aside`}${place}: it does not start there until there are more (\`virsh allocpages\`, or \`hugepages=\` on the kernel's command line).`,
    };
  }
}

/** Elements of tuning that need the system's control groups, by their parent. */
const TUNING: readonly (readonly [parent: string, children: readonly string[]])[] = [
  ['memtune', ['hard_limit', 'soft_limit', 'swap_hard_limit']],
  [
    'cputune',
    [
      'shares',
      'period',
      'quota',
      'global_period',
      'global_quota',
      'emulator_period',
      'emulator_quota',
      'iothread_period',
      'iothread_quota',
    ],
  ],
  ['blkiotune', ['weight', 'device']],
];

function* tuningInSession(domain: Domain, host: Host): Iterable<Lack> {
  if (host.facts.mode !== 'session') return;
  for (const [parent, names] of TUNING) {
    const element = child(domain.root, parent);
    // The first is told: libvirt stops there.
    const one = element && childElements(element).find(({ name }) => names.includes(name));
    if (one)
      yield {
        at: nameSpan(one),
        message: (hosts) =>
          say`\`<${one.name}>\` needs the control groups of the system; ${hosts} is a \`session\` connection, which has none: the guest does not start there.`,
      };
  }
}

export const rules: readonly Rule[] = [
  hostRule({ id: 'memory/beyond-host', page, severity: 'warning', needs: ['memory'], find: beyondHost }),
  hostRule({ id: 'memory/page-size-not-on-host', page, severity: 'warning', needs: ['page'], find: unknownPageSize }),
  hostRule({ id: 'memory/too-few-hugepages', page, severity: 'warning', needs: ['page'], find: tooFewPages }),
  hostRule({
    id: 'memory/tuning-in-session-mode',
    page,
    severity: 'warning',
    needs: ['memtune|cputune|blkiotune'],
    find: tuningInSession,
  }),
];
