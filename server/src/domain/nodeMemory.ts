/** The pieces of a guest's memory that QEMU takes apart from each other, each from the pages of a guest node. */
import { attributeValue, child, textOf } from '../xml/query.ts';
import type { Domain } from './domain.ts';
import { wholeNumber } from './numbers.ts';
import { attributeSize } from './sizes.ts';

export interface NodeMemory {
  readonly node: number;
  /** Bytes, or undefined where they can't be told. */
  readonly size: number | undefined;
  /** The host nodes that a module names for itself. */
  readonly nodemask: string | undefined;
}

/** Of each cell, and of each DIMM that does not name a page size of its own; of a guest without cells all in one. */
export function nodeMemory(domain: Domain): readonly NodeMemory[] {
  const { numaCells, memoryModules, memory } = domain;
  if (numaCells.length === 0) return [{ node: 0, size: memory, nodemask: undefined }];
  const cells = numaCells.map((cell, at) => ({
    node: wholeNumber(attributeValue(cell, 'id')) ?? at,
    size: attributeSize(cell, 'memory'),
    nodemask: undefined,
  }));
  const dimms = memoryModules.flatMap(({ element, model, node, size }) =>
    model !== 'dimm' || node === undefined || child(element, 'source', 'pagesize')
      ? []
      : [{ node, size, nodemask: textOf(child(element, 'source', 'nodemask')) || undefined }],
  );
  return [...cells, ...dimms];
}

/** How many pages of a size these pieces take, or undefined where that can't be told. */
export function pagesOf(pieces: readonly NodeMemory[], pageSize: number): number | undefined {
  let pages = 0;
  for (const { size } of pieces) {
    if (size === undefined || pageSize <= 0) return undefined;
    pages += Math.ceil(size / pageSize);
  }
  return pages;
}
