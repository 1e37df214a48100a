/** What the element declarations of a compiled grammar hold in one of its releases, and what attributes must be for it. */
import { absent, contentIn, type GrammarTable, type NameClass } from '../../server/src/grammar/table.ts';
import type { Place } from '../../server/src/knowledge/place.ts';

/** The words that attributes may have; '' stands for an attribute that may be left out. */
export type Words = ReadonlyMap<string, ReadonlySet<string>>;

/** A child element at one place of a content, with what the attributes beside it must be. */
export interface Occurrence {
  readonly element: number;
  readonly words: Words;
}

/** An attribute at one place of a content. */
interface AttributeUse {
  readonly name: string;
  /** The words that it takes there; null: any data. */
  readonly values: ReadonlySet<string> | null;
  /** What the attributes beside it must be. */
  readonly beside: Words;
}

/** What an element declaration has. */
export interface Content {
  /** Equal for equal contents, also in other releases. */
  readonly node: number;
  readonly uses: readonly AttributeUse[];
  /** Attributes by name, with the words that they take; null: any data. */
  readonly attributes: ReadonlyMap<string, ReadonlySet<string> | null>;
  readonly children: ReadonlySet<string>;
  readonly hasText: boolean;
}

interface Listener {
  readonly attribute?: (use: AttributeUse) => void;
  readonly element?: (element: number, words: Words) => void;
  readonly text?: () => void;
}

export class GrammarContents {
  readonly #table: GrammarTable;
  readonly #ofName = new Map<string, ReadonlyMap<string, ReadonlySet<string> | null>>();
  readonly #contents = new Map<number, Content>();
  readonly #release: number;

  /** @param release an index of the table's releases */
  constructor(table: GrammarTable, release: number) {
    this.#table = table;
    this.#release = release;
  }

  /** What a document may be. */
  get roots(): Occurrence[] {
    const start = this.#table.starts[this.#release] ?? absent;
    return start === absent ? [] : this.#occurrences(start);
  }

  content(element: number): Content {
    const known = this.#contents.get(element);
    if (known) return known;
    const uses: AttributeUse[] = [];
    const children = new Set<string>();
    let hasText = false;
    for (const node of this.#contentNodes(element))
      this.#each(node, new Map(), {
        attribute: (use) => uses.push(use),
        element: (child) => children.add(this.name(child)),
        text: () => {
          hasText = true;
        },
      });
    const attributes = new Map<string, ReadonlySet<string> | null>();
    for (const { name, values } of uses) {
      const before = attributes.get(name);
      attributes.set(name, before === null || !values ? null : new Set([...(before ?? []), ...values]));
    }
    const [node = absent] = this.#contentNodes(element);
    const content = { node, uses, attributes, children, hasText };
    this.#contents.set(element, content);
    return content;
  }

  /** What an element's own attributes must be. */
  own(element: number): Words {
    return alternatives(this.#contentNodes(element).map((node) => ({ isEmpty: false, words: this.#fixed(node) })));
  }

  /** Each child element, as often as it is mentioned. */
  children(element: number): Occurrence[] {
    return this.#contentNodes(element).flatMap((node) => this.#occurrences(node));
  }

  /** The words of the attributes of all elements of a name. */
  wordsOfName(name: string): ReadonlyMap<string, ReadonlySet<string> | null> {
    const known = this.#ofName.get(name);
    if (known) return known;
    const all = new Map<string, ReadonlySet<string> | null>();
    for (const [element] of this.#table.elements.entries())
      if (this.name(element) === name)
        for (const [attribute, words] of this.content(element).attributes) {
          const before = all.get(attribute);
          all.set(attribute, before === null || !words ? null : new Set([...(before ?? []), ...words]));
        }
    this.#ofName.set(name, all);
    return all;
  }

  #occurrences(node: number): Occurrence[] {
    const all: Occurrence[] = [];
    this.#each(node, new Map(), { element: (element, words) => all.push({ element, words }) });
    return all;
  }

  /** Tells of every attribute, element and text in a pattern, with what the attributes beside it must be. */
  #each(index: number, words: Words, tell: Listener): void {
    const node = this.#table.nodes[index];
    switch (node?.[0]) {
      case 'element':
        tell.element?.(node[1], words);
        break;
      case 'attribute':
        if (typeof node[1] === 'string')
          tell.attribute?.({ name: node[1], values: this.#words(node[2]), beside: words });
        break;
      case 'oneOrMore':
        this.#each(node[1], words, tell);
        break;
      case 'choice':
        for (const member of node[1]) this.#each(member, words, tell);
        break;
      case 'interleave':
      case 'group': {
        const fixed = node[1].map((member) => this.#fixed(member));
        for (const [at, member] of node[1].entries())
          this.#each(member, conjunction([words, ...fixed.filter((_, other) => other !== at)]), tell);
        break;
      }
      case 'text':
      case 'data':
      case 'value':
      case 'list':
        tell.text?.();
        break;
    }
  }

  /** The attributes that a pattern has for certain, or may have, whose values are words. */
  #fixed(index: number): Words {
    const node = this.#table.nodes[index];
    switch (node?.[0]) {
      case 'attribute': {
        const words = this.#words(node[2]);
        return typeof node[1] === 'string' && words ? new Map([[node[1], words]]) : new Map();
      }
      case 'choice':
        return alternatives(node[1].map((member) => ({ isEmpty: this.#isEmpty(member), words: this.#fixed(member) })));
      case 'interleave':
      case 'group':
        return conjunction(node[1].map((member) => this.#fixed(member)));
      default:
        return new Map();
    }
  }

  #isEmpty(index: number): boolean {
    return this.#table.nodes[index]?.[0] === 'empty';
  }

  /** The words that a value pattern takes, or null where it takes data. */
  #words(index: number): ReadonlySet<string> | null {
    const node = this.#table.nodes[index];
    if (node?.[0] === 'value') return new Set([node[1]]);
    if (node?.[0] !== 'choice') return null;
    const all = node[1].map((member) => this.#words(member));
    return all.some((words) => words === null) ? null : new Set(all.flatMap((words) => [...(words ?? [])]));
  }

  /** The node of the content; none where the release has no such declaration. */
  #contentNodes(element: number): number[] {
    const declaration = this.#table.elements[element];
    const content = declaration ? contentIn(declaration, this.#release) : absent;
    return content === absent ? [] : [content];
  }

  /** As headings have it: `*` for any name, a namespace by its driver's prefix. */
  name(element: number): string {
    const name = this.#table.elements[element]?.[0] ?? '';
    return nameOf(name);
  }
}

function nameOf(name: NameClass): string {
  if (typeof name !== 'string') return '*';
  // libvirt's namespaces end in the driver's name and a version: `…/domain/qemu/1.0`.
  const [namespace = '', local] = name.split('|');
  return local === undefined ? name : `${namespace.split('/').at(-2)}:${local}`;
}

/** The attributes that an element may have where its attributes have certain values. */
export function attributesAt({ uses }: Content, place: Place | undefined): ReadonlySet<string> {
  const possible = uses.filter(({ beside }) =>
    [...beside].every(([name, some]) => some.has('') || !areApart(place?.values(name) ?? some, some)),
  );
  return new Set(possible.map(({ name }) => name));
}

/** No word is in both. An attribute that is left out is of no help. */
export function areApart(some: Iterable<string>, others: Iterable<string> | undefined): boolean {
  if (!others) return false;
  const known = new Set(others);
  return [...some].every((word) => word === '' || !known.has(word));
}

/** Some word of all is not among them. */
export function narrows(some: ReadonlySet<string>, all: ReadonlySet<string> | null): boolean {
  return all === null || [...all].some((word) => !some.has(word));
}

/** Both hold. */
function conjunction(parts: readonly Words[]): Words {
  const all = new Map<string, ReadonlySet<string>>();
  for (const part of parts)
    for (const [name, some] of part) {
      const before = all.get(name);
      all.set(name, before ? new Set([...some].filter((word) => before.has(word))) : some);
    }
  return all;
}

/** One of them holds: what all of them have. A choice with nothing leaves all attributes out. */
function alternatives(parts: readonly { readonly isEmpty: boolean; readonly words: Words }[]): Words {
  const filled = parts.filter(({ isEmpty }) => !isEmpty);
  const [first, ...others] = filled;
  if (!first) return new Map();
  const mayLack = filled.length < parts.length ? [''] : [];
  return new Map(
    [...first.words].flatMap(([name, some]) =>
      others.every(({ words }) => words.has(name))
        ? [[name, new Set([...some, ...others.flatMap(({ words }) => [...(words.get(name) ?? [])]), ...mayLack])]]
        : [],
    ),
  );
}
