/**
 * The tables of several releases as one, from which each can be had again unchanged: what is alike is there once, and an
 * element declaration that releases share is one declaration with a content for each of them.
 */
import { absent, contentIn, type GrammarTable, type TableElement, type TableNode } from '../table.ts';
import { alike } from './alike.ts';
import { prune } from './prune.ts';
import { renumbered } from './renumber.ts';

/**
 * @param releases their names, oldest first
 * @param tables what was compiled of each; null where a release has no such schema
 */
export function mergeTables(releases: readonly string[], tables: readonly (GrammarTable | null)[]): GrammarTable {
  const merge = new Merge(releases.length);
  // The newest gives the order; each older release finds its declarations among those of the next.
  for (const [release, table] of [...tables.entries()].reverse()) if (table) merge.add(release, table);
  return prune(merge.table(releases));
}

class Merge {
  readonly #starts: number[];
  readonly #nodes: TableNode[] = [];
  readonly #nodeNumbers = new Map<string, number>();
  readonly #elements: { readonly element: TableElement; readonly contents: number[] }[] = [];
  /** The table added last, and the numbers that its elements have here. */
  #newer: { readonly table: GrammarTable; readonly numbers: readonly number[] } | null = null;

  constructor(releases: number) {
    this.#starts = Array.from({ length: releases }, () => absent);
  }

  add(release: number, table: GrammarTable): void {
    const numbers = this.#numbersOf(table);
    const moved = new Map<number, number>();
    const move = (old: number): number => {
      const known = moved.get(old);
      if (known !== undefined) return known;
      const node = table.nodes[old];
      if (!node) return absent;
      const number = this.#node(renumbered(node, move, (element) => numbers[element] ?? absent));
      moved.set(old, number);
      return number;
    };
    this.#starts[release] = move(table.starts[0] ?? absent);
    for (const [index, element] of table.elements.entries()) {
      const contents = this.#elements[numbers[index] ?? absent]?.contents;
      if (contents) contents[release] = move(contentIn(element, 0));
    }
    this.#newer = { table, numbers };
  }

  table(releases: readonly string[]): GrammarTable {
    const elements = this.#elements.map(
      ({ element: [name, from], contents }): TableElement => [name, from, [...contents.entries()]],
    );
    return { format: 2, releases, starts: this.#starts, nodes: this.#nodes, elements };
  }

  #numbersOf(table: GrammarTable): number[] {
    const newer = this.#newer;
    const pairs = newer ? alike(table, newer.table) : new Map<number, number>();
    return table.elements.map((element, index) => {
      const pair = pairs.get(index);
      const known = pair === undefined ? undefined : newer?.numbers[pair];
      const contents = this.#starts.map(() => absent);
      return known ?? this.#elements.push({ element, contents }) - 1;
    });
  }

  #node(node: TableNode): number {
    const key = JSON.stringify(node);
    const known = this.#nodeNumbers.get(key);
    if (known !== undefined) return known;
    const number = this.#nodes.push(node) - 1;
    this.#nodeNumbers.set(key, number);
    return number;
  }
}
