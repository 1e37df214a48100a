/**
 * Which element declarations of an older release are which of a newer one: those that stand in declarations that are one
 * another, have the same name and, best, come from the same definition. A pair that is not found costs a few bytes and
 * nothing else: each release keeps its own contents.
 */
import { absent, contentIn, type GrammarTable, type TableElement } from '../table.ts';

/** From the numbers of the older table to those of the newer. Both hold one release. */
export function alike(older: GrammarTable, newer: GrammarTable): Map<number, number> {
  const pairs = new Map<number, number>();
  const taken = new Set<number>();
  const pair = (ofOlder: readonly number[], ofNewer: readonly number[]): void => {
    for (const key of [nameAndDefinition, nameOnly]) {
      const free = new Map<string, number[]>();
      for (const one of ofNewer) {
        const name = key(newer.elements[one]);
        if (!taken.has(one)) free.set(name, [...(free.get(name) ?? []), one]);
      }
      for (const one of ofOlder) {
        const other = pairs.has(one) ? undefined : free.get(key(older.elements[one]))?.shift();
        if (other === undefined) continue;
        pairs.set(one, other);
        taken.add(other);
      }
    }
  };
  pair(elementsIn(older, older.starts[0] ?? absent), elementsIn(newer, newer.starts[0] ?? absent));
  // The map grows while it is walked: pairs bring those that stand in them.
  for (const [one, other] of pairs) pair(childrenOf(older, one), childrenOf(newer, other));
  return pairs;
}

const nameOnly = (element: TableElement | undefined) => JSON.stringify(element?.[0]);
const nameAndDefinition = (element: TableElement | undefined) => JSON.stringify(element?.slice(0, 2));

function childrenOf(table: GrammarTable, element: number): number[] {
  const declaration = table.elements[element];
  return declaration ? elementsIn(table, contentIn(declaration, 0)) : [];
}

/** The elements that a pattern speaks of, in the schema's order. */
function elementsIn(table: GrammarTable, start: number): number[] {
  const found = new Set<number>();
  const seen = new Set<number>();
  const visit = (number: number): void => {
    const node = table.nodes[number];
    if (!node || seen.has(number)) return;
    seen.add(number);
    if (node[0] === 'element') found.add(node[1]);
    else if (node[0] === 'choice' || node[0] === 'interleave' || node[0] === 'group') node[1].forEach(visit);
    else if (node[0] === 'oneOrMore') visit(node[1]);
  };
  visit(start);
  return [...found];
}
