import type { TableNode } from '../table.ts';

/** A node that refers to other numbers. */
export function renumbered(
  node: TableNode,
  nodeNumber: (old: number) => number,
  elementNumber: (old: number) => number,
): TableNode {
  switch (node[0]) {
    case 'choice':
    case 'interleave':
    case 'group':
      return [node[0], node[1].map(nodeNumber)];
    case 'oneOrMore':
    case 'list':
      return [node[0], nodeNumber(node[1])];
    case 'attribute':
      return ['attribute', node[1], nodeNumber(node[2])];
    case 'data':
      return node[1].except === undefined ? node : ['data', { ...node[1], except: nodeNumber(node[1].except) }];
    case 'element':
      return ['element', elementNumber(node[1])];
    default:
      return node;
  }
}
