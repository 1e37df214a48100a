/**
 * Keeps what can be reached from the starts, numbered in the order of use, the newest release first: equal schemas give
 * equal bytes, and older releases do not change the order in which the newest is told.
 */
import {
  absent,
  type ContentSince,
  contentIn,
  type GrammarTable,
  type TableElement,
  type TableNode,
} from '../table.ts';
import { renumbered } from './renumber.ts';

export function prune(table: GrammarTable): GrammarTable {
  const nodes: TableNode[] = [];
  const numbers = new Map<number, number>();
  const elementNumbers = new Map<number, number>();

  const moved = (old: number): number => {
    if (old === absent) return absent;
    const known = numbers.get(old);
    if (known !== undefined) return known;
    const node = table.nodes[old];
    if (!node) throw new RangeError(`no node ${old}`);
    const copy = renumbered(node, moved, movedElement);
    const number = nodes.push(copy) - 1;
    numbers.set(old, number);
    return number;
  };
  const movedElement = (old: number): number => {
    const number = elementNumbers.get(old) ?? elementNumbers.size;
    elementNumbers.set(old, number);
    return number;
  };
  const elementOf = (old: number): TableElement => {
    const element = table.elements[old];
    if (!element) throw new RangeError(`no element ${old}`);
    return element;
  };

  const releases = [...table.releases.keys()];
  for (const release of releases.toReversed()) {
    moved(table.starts[release] ?? absent);
    // The map grows while it is walked: contents bring further elements.
    for (const old of elementNumbers.keys()) moved(contentIn(elementOf(old), release));
  }
  const elements = [...elementNumbers.keys()].map((old): TableElement => {
    const element = elementOf(old);
    return [element[0], element[1], changes(releases.map((release) => [release, moved(contentIn(element, release))]))];
  });
  return { ...table, starts: table.starts.map(moved), nodes, elements };
}

/** Only the releases in which something changes. */
function changes(contents: readonly ContentSince[]): ContentSince[] {
  return contents.filter(([, content], index) => content !== (contents[index - 1]?.[1] ?? absent));
}
