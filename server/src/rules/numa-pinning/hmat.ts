/** Latencies, bandwidths and memory-side caches between cells (ACPI HMAT) that libvirt refuses. */
import type { Domain } from '../../domain/domain.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, child, childElements, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'numa-pinning/hmat';

/** The most levels of memory-side caches. */
const LEVELS = 3;

/** Caches of a cell: levels from 1 to 3, each once. */
function* wrongCaches({ numaCells, document }: Domain): Iterable<Refused> {
  for (const cell of numaCells) {
    const seen = new Map<number, XmlElement>();
    for (const cache of childElements(cell, 'cache')) {
      const level = wholeNumber(attributeValue(cache, 'level'));
      if (level === undefined) continue;
      const first = seen.get(level);
      if (level === 0 || level > LEVELS || first)
        yield {
          at: placeOf(cache, 'level'),
          message: first
            ? say`The cell has a cache of level ${level} already: libvirt refuses the definition.`
            : level === 0
              ? say`Level 0 is the memory itself; caches are counted from 1, and libvirt refuses it.`
              : say`libvirt knows caches of ${LEVELS} levels and refuses level ${level}.`,
          related: first ? [relatedTo(placeOf(first, 'level'), say`The first`)] : [],
          fixes: [dropElement(cache, document)],
        };
      seen.set(level, first ?? cache);
    }
  }
}

/** What an entry is about: two of one kind, way and cache contradict each other. */
function keyOf(entry: XmlElement): string {
  return (
    ['initiator', 'target', 'cache', 'type'].map((name) => attributeValue(entry, name) ?? '').join(' ') + entry.name
  );
}

function* wrongEntries({ root, numaCells, document }: Domain): Iterable<Refused> {
  const interconnects = child(root, 'cpu', 'numa', 'interconnects');
  const seen = new Map<string, XmlElement>();
  for (const entry of interconnects ? childElements(interconnects) : []) {
    const fixes = [dropElement(entry, document)];
    const initiator = wholeNumber(attributeValue(entry, 'initiator'));
    const missing = ['initiator', 'target']
      .flatMap((name) => attribute(entry, name) ?? [])
      .find((at) => {
        const id = wholeNumber(at.value);
        return id !== undefined && id >= numaCells.length;
      });
    const first = seen.get(keyOf(entry));
    const from = initiator === undefined ? undefined : numaCells[initiator];
    const cache = attribute(entry, 'cache');
    const target = numaCells[wholeNumber(attributeValue(entry, 'target')) ?? -1];
    const levels = target ? childElements(target, 'cache').map((one) => wholeNumber(attributeValue(one, 'level'))) : [];
    const level = wholeNumber(cache?.value);
    if (missing)
      yield {
        at: valueSpan(missing),
        message: say`There is no cell ${missing.value.trim()}: libvirt refuses the definition.`,
        fixes,
      };
    else if (from && attribute(from, 'cpus') === undefined)
      yield {
        at: placeOf(entry, 'initiator'),
        message: say`Cell ${initiator} has no vCPUs, so nothing there begins an access: libvirt refuses the definition.`,
        related: [relatedTo(nameSpan(from), say`The cell without vCPUs`)],
        fixes,
      };
    else if (cache && level && !levels.includes(level))
      yield {
        at: valueSpan(cache),
        message: say`The target cell has no cache of level ${level}: libvirt refuses the definition.`,
        fixes,
      };
    else if (first)
      yield {
        at: nameSpan(entry),
        message: say`The \`${entry.name}\` between these cells is stated twice: libvirt refuses the definition.`,
        related: [relatedTo(nameSpan(first), say`The first`)],
        fixes,
      };
    seen.set(keyOf(entry), first ?? entry);
  }
}

export const refusals: readonly Rule[] = [
  refusal('numa-pinning/cell-cache', page, wrongCaches, { since: '6.6.0', needs: ['cell', 'cache'] }),
  refusal('numa-pinning/interconnect', page, wrongEntries, { since: '6.6.0', needs: ['interconnects'] }),
];
