/** The patterns of a compiled grammar in one release. Each is made when it is first asked for: a document needs a few of them. */
import { collapse, valueTest } from './datatypes.ts';
import { mentionedElements, sorted } from './following.ts';
import type { Declaration, Declarations, Pattern } from './pattern.ts';
import { PatternPool } from './patternPool.ts';
import { absent, contentIn, type GrammarTable, type NameClass, type TableNode } from './table.ts';
import { acceptsValue } from './values.ts';

/** Declarations of all grammars are numbered together. */
let declarations = 0;

export class LoadedGrammar {
  readonly pool: PatternPool;
  readonly #table: GrammarTable;
  readonly #release: number;
  readonly #patterns: (Pattern | undefined)[];
  readonly #elements: (Declaration | undefined)[];
  /** The numbers of the declarations of element 0 and of node 0. */
  readonly #firstElement: number;
  readonly #firstAttribute: number;
  #all: readonly Declaration[] | undefined;
  #byName: Declarations | undefined;
  #homes: Map<Declaration, Set<string>> | undefined;

  /** @param release an index of the table's releases */
  constructor(table: GrammarTable, release: number) {
    const { nodes, elements } = table;
    this.#table = table;
    this.#release = release;
    this.#patterns = new Array(nodes.length);
    this.#elements = new Array(elements.length);
    this.pool = new PatternPool(nodes.length);
    this.#firstElement = declarations;
    this.#firstAttribute = declarations + elements.length;
    declarations += elements.length + nodes.length;
  }

  /** Every element declaration of the release. */
  get elements(): readonly Declaration[] {
    this.#all ??= this.#table.elements.flatMap((element, index) =>
      contentIn(element, this.#release) === absent ? [] : [this.#element(index)],
    );
    return this.#all;
  }

  /** What a document may be. */
  get start(): Pattern {
    const start = this.#table.starts[this.#release] ?? absent;
    return start === absent ? this.pool.notAllowed : this.#pattern(start);
  }

  /** All declarations of elements of one name. */
  named(name: string): readonly Declaration[] {
    this.#byName ??= sorted(this.elements);
    return this.#byName.byName.get(name) ?? [];
  }

  /** The names of the elements that may hold an element of this declaration. */
  homes(declaration: Declaration): ReadonlySet<string> {
    this.#homes ??= this.#findHomes();
    return this.#homes.get(declaration) ?? new Set();
  }

  #findHomes(): Map<Declaration, Set<string>> {
    const homes = new Map<Declaration, Set<string>>();
    for (const owner of this.elements)
      for (const child of [...mentionedElements(owner.content).byName.values()].flat()) {
        const known = homes.get(child) ?? new Set();
        if (owner.name) homes.set(child, known.add(owner.name));
      }
    return homes;
  }

  #element(index: number): Declaration {
    const known = this.#elements[index];
    if (known) return known;
    const element = this.#table.elements[index];
    if (!element) throw new RangeError(`no element ${index}`);
    const content = contentIn(element, this.#release);
    const made = this.#declare('element', this.#firstElement + index, element[0], content, element[1]);
    this.#elements[index] = made;
    return made;
  }

  #declare(kind: Declaration['kind'], id: number, names: NameClass, content: number, from: string): Declaration {
    const name = typeof names === 'string' ? names : '';
    return new LazyDeclaration(kind, id, names, name, from, this.#isHole(content), () => this.#pattern(content));
  }

  /** Nodes that can never match are simplified away but for this one. */
  #isHole(node: number): boolean {
    return this.#table.nodes[node]?.[0] === 'notAllowed';
  }

  #pattern(index: number): Pattern {
    const known = this.#patterns[index];
    if (known) return known;
    const node = this.#table.nodes[index];
    if (!node) throw new RangeError(`no node ${index}`);
    const made = this.pool.ofSchema(index, this.#maker(node, index));
    this.#patterns[index] = made;
    return made;
  }

  /** Makes the members, and says how the pattern itself is made of them. */
  #maker(node: TableNode, index: number): () => Pattern {
    const { pool } = this;
    switch (node[0]) {
      case 'empty':
        return () => pool.empty;
      case 'notAllowed':
        return () => pool.notAllowed;
      case 'text':
        return () => pool.text;
      case 'choice':
      case 'interleave':
      case 'group': {
        const members = node[1].map((member) => this.#pattern(member));
        return () => pool[node[0]](members);
      }
      case 'oneOrMore': {
        const member = this.#pattern(node[1]);
        return () => pool.oneOrMore(member);
      }
      case 'list': {
        const members = [this.#pattern(node[1])];
        return () => pool.atom(`list:${index}`, false, { kind: 'list', members });
      }
      case 'attribute': {
        const declaration = this.#declare('attribute', this.#firstAttribute + index, node[1], node[2], '');
        return () => pool.atom(`attribute:${index}`, false, { kind: 'attribute', declaration });
      }
      case 'element': {
        const declaration = this.#element(node[1]);
        return () => pool.atom(`element:${node[1]}`, false, { kind: 'element', declaration });
      }
      case 'data': {
        const { type, facets = [], except } = node[1];
        const base = valueTest(type, facets);
        const excepted = except === undefined ? null : this.#pattern(except);
        const test = excepted ? (value: string) => base(value) && !acceptsValue(pool, excepted, value) : base;
        return () => pool.atom(`data:${index}`, false, { kind: 'data', data: node[1], test });
      }
      case 'value': {
        const [, word, type = 'token'] = node;
        const test = (value: string) => value === word || (type !== 'string' && collapse(value) === word);
        return () => pool.atom(`value:${index}`, false, { kind: 'value', word, data: { type }, test });
      }
    }
  }
}

class LazyDeclaration implements Declaration {
  readonly kind: Declaration['kind'];
  readonly id: number;
  readonly names: NameClass;
  readonly name: string;
  readonly from: string;
  readonly isHole: boolean;
  readonly #make: () => Pattern;
  #content: Pattern | undefined;

  constructor(
    kind: Declaration['kind'],
    id: number,
    names: NameClass,
    name: string,
    from: string,
    isHole: boolean,
    make: () => Pattern,
  ) {
    this.kind = kind;
    this.id = id;
    this.names = names;
    this.name = name;
    this.from = from;
    this.isHole = isHole;
    this.#make = make;
  }

  get content(): Pattern {
    this.#content ??= this.#make();
    return this.#content;
  }
}
