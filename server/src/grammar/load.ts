/** The patterns of a compiled grammar. */
import { collapse, valueTest } from './datatypes.ts';
import { mentionedElements, sorted } from './following.ts';
import type { Declaration, Declarations, Pattern } from './pattern.ts';
import { PatternPool } from './patternPool.ts';
import type { GrammarTable, NameClass, TableNode } from './table.ts';
import { acceptsValue } from './values.ts';

export class LoadedGrammar {
  readonly pool: PatternPool;
  readonly start: Pattern;
  /** Every element declaration. */
  readonly elements: readonly Declaration[];
  #byName: Declarations | undefined;
  #homes: Map<Declaration, Set<string>> | undefined;

  constructor(table: GrammarTable) {
    const { pool, start, elements } = load(table);
    this.pool = pool;
    this.start = start;
    this.elements = elements;
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
}

/** Declarations of all grammars are numbered together. */
let declarations = 0;

function load(table: GrammarTable) {
  const pool = new PatternPool();
  const made: Pattern[] = [];
  const declare = (kind: Declaration['kind'], names: NameClass, from: string): Declaration => ({
    kind,
    id: declarations++,
    names,
    name: typeof names === 'string' ? names : '',
    content: pool.notAllowed,
    from,
  });
  const elements = table.elements.map(([names, , from]) => declare('element', names, from));
  const elementPatterns = elements.map((declaration) =>
    pool.atom(`element:${declaration.id}`, false, { kind: 'element', declaration }),
  );

  const pattern = (index: number): Pattern => {
    const known = made[index];
    if (known) return known;
    const node = table.nodes[index];
    if (!node) throw new RangeError(`no node ${index}`);
    const built = build(node, index);
    made[index] = built;
    return built;
  };
  const build = (node: TableNode, index: number): Pattern => {
    switch (node[0]) {
      case 'empty':
        return pool.empty;
      case 'notAllowed':
        return pool.notAllowed;
      case 'text':
        return pool.text;
      case 'choice':
        return pool.choice(node[1].map(pattern));
      case 'interleave':
        return pool.interleave(node[1].map(pattern));
      case 'group':
        return pool.group(node[1].map(pattern));
      case 'oneOrMore':
        return pool.oneOrMore(pattern(node[1]));
      case 'list':
        return pool.atom(`list:${index}`, false, { kind: 'list', members: [pattern(node[1])] });
      case 'attribute': {
        const declaration = declare('attribute', node[1], '');
        declaration.content = pattern(node[2]);
        return pool.atom(`attribute:${declaration.id}`, false, { kind: 'attribute', declaration });
      }
      case 'element': {
        const element = elementPatterns[node[1]];
        if (!element) throw new RangeError(`no element ${node[1]}`);
        return element;
      }
      case 'data': {
        const { type, facets = [], except } = node[1];
        const base = valueTest(type, facets);
        const excepted = except === undefined ? null : pattern(except);
        const test = excepted ? (value: string) => base(value) && !acceptsValue(pool, excepted, value) : base;
        return pool.atom(`data:${index}`, false, { kind: 'data', data: node[1], test });
      }
      case 'value': {
        const [, word, type = 'token'] = node;
        const test = (value: string) => value === word || (type !== 'string' && collapse(value) === word);
        return pool.atom(`value:${index}`, false, { kind: 'value', word, data: { type }, test });
      }
    }
  };

  for (const [index, declaration] of elements.entries()) {
    const content = table.elements[index]?.[1];
    if (content !== undefined) declaration.content = pattern(content);
  }
  const start = pattern(table.start);
  pool.seal();
  return { pool, start, elements };
}
