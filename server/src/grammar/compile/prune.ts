/** Keeps what can be reached from the start, numbered in the order of use: equal schemas give equal bytes. */
import type { GrammarTable, TableElement, TableNode } from '../table.ts';

export function prune(table: GrammarTable): GrammarTable {
  const nodes: TableNode[] = [];
  const numbers = new Map<number, number>();
  const elementNumbers = new Map<number, number>();

  const moved = (old: number): number => {
    const known = numbers.get(old);
    if (known !== undefined) return known;
    const node = table.nodes[old];
    if (!node) throw new RangeError(`no node ${old}`);
    const copy = copied(node);
    const number = nodes.push(copy) - 1;
    numbers.set(old, number);
    return number;
  };
  const copied = (node: TableNode): TableNode => {
    switch (node[0]) {
      case 'choice':
      case 'interleave':
      case 'group':
        return [node[0], node[1].map(moved)];
      case 'oneOrMore':
      case 'list':
        return [node[0], moved(node[1])];
      case 'attribute':
        return ['attribute', node[1], moved(node[2])];
      case 'data':
        return node[1].except === undefined ? node : ['data', { ...node[1], except: moved(node[1].except) }];
      case 'element': {
        const number = elementNumbers.get(node[1]) ?? elementNumbers.size;
        elementNumbers.set(node[1], number);
        return ['element', number];
      }
      default:
        return node;
    }
  };

  const start = moved(table.start);
  const elements: TableElement[] = [];
  // The map grows while it is walked: contents bring further elements.
  for (const old of elementNumbers.keys()) {
    const element = table.elements[old];
    if (!element) throw new RangeError(`no element ${old}`);
    elements.push([element[0], moved(element[1]), element[2]]);
  }
  return { ...table, start, nodes, elements };
}
