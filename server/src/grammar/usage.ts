/** How often real domains use what the grammar allows: what ranks suggestions. schemas/README.md says where the counts come from. */
import usageTable from 'text:../../../schemas/usage.json';
import { pathOf } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';

/** A count, or a count with those of the parts: children by name, attributes as `@name`, values below them, texts as `=text`. */
type UsageNode = number | readonly [count: number, parts: Readonly<Record<string, UsageNode>>];

export class Uses {
  static readonly none = new Uses(0);
  static #all: Uses | undefined;
  readonly #node: UsageNode;

  private constructor(node: UsageNode) {
    this.#node = node;
  }

  /** In all domains together. */
  static all(): Uses {
    Uses.#all ??= new Uses(JSON.parse(usageTable));
    return Uses.#all;
  }

  /** Where an element stands: by the names from the innermost `domain` down. */
  static of(element: XmlElement | null): Uses {
    const path = element ? pathOf(element) : [];
    return path.slice(Math.max(0, path.lastIndexOf('domain'))).reduce((at, name) => at.part(name), Uses.all());
  }

  /** In how many domains it stands there. */
  get count(): number {
    return typeof this.#node === 'number' ? this.#node : this.#node[0];
  }

  /** A child by its name, an attribute as `@name`, a value of an attribute, a text as `=text`. */
  part(name: string): Uses {
    const node =
      typeof this.#node === 'number' || !Object.hasOwn(this.#node[1], name) ? undefined : this.#node[1][name];
    return node === undefined ? Uses.none : new Uses(node);
  }

  /** The names of the parts that begin with a mark, without it: `=` for texts, none for the values of an attribute. */
  names(mark: string): string[] {
    const parts = typeof this.#node === 'number' ? [] : Object.keys(this.#node[1]);
    return parts.filter((name) => name.startsWith(mark)).map((name) => name.slice(mark.length));
  }

  /** Items in the order of their use; those used alike keep theirs. `mark` is written before a name: '@' for attributes. */
  ranked<Item>(items: readonly Item[], nameOf: (item: Item) => string, mark = ''): Item[] {
    const counts = new Map(items.map((item) => [item, this.part(mark + nameOf(item)).count]));
    return [...items].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  }
}
