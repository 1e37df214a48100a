/** The children around one that is out of place: which came before, which come later, and which of them is in the way. */
import type { XmlElement } from '../../xml/tree.ts';
import { derivativeByAny } from '../derivative.ts';
import { elementsOf, named } from '../following.ts';
import type { Pattern } from '../pattern.ts';
import type { RepairContext } from './context.ts';

/** Children among which the one in the way is looked for; the search is quadratic. */
const mostSearched = 60;
/** Searches in one element. */
const mostSearches = 20;

export interface InTheWay {
  readonly brother: XmlElement;
  /** The brother would be right after the child. */
  readonly onlyOrder: boolean;
}

export class Brothers {
  readonly #context: RepairContext;
  readonly #children: readonly XmlElement[];
  readonly #passed = new Map<string, XmlElement>();
  readonly #last = new Map<string, XmlElement>();
  readonly #before: XmlElement[] = [];
  #searches = 0;

  constructor(context: RepairContext, owner: XmlElement) {
    this.#context = context;
    this.#children = owner.children.filter((child) => child.kind === 'element');
    for (const child of this.#children) this.#last.set(child.name, child);
  }

  /** Says that a child now stands before. */
  pass(child: XmlElement): void {
    if (!this.#passed.has(child.name)) this.#passed.set(child.name, child);
    if (this.#before.length <= mostSearched) this.#before.push(child);
  }

  /** The first child of that name before, or undefined. */
  earlier(name: string): XmlElement | undefined {
    return this.#passed.get(name);
  }

  /** Whether a child of that name comes after a place. */
  comesAfter(name: string, offset: number): boolean {
    return (this.#last.get(name)?.start ?? -1) > offset;
  }

  /** The child without which one of `name` could stand at the end of those before. */
  inTheWay(content: Pattern, name: string): InTheWay | null {
    if (this.#before.length > mostSearched || this.#searches++ >= mostSearches) return null;
    const { pool, judge } = this.#context;
    for (const brother of this.#before) {
      let left = content;
      for (const other of this.#before) if (other !== brother) left = this.#after(left, judge.names.ofElement(other));
      const candidates = named(elementsOf(left), name);
      if (!candidates.length) continue;
      const next = derivativeByAny(pool, left, candidates);
      return { brother, onlyOrder: this.#after(next, judge.names.ofElement(brother)) !== pool.notAllowed };
    }
    return null;
  }

  #after(content: Pattern, name: string): Pattern {
    return derivativeByAny(this.#context.pool, content, named(elementsOf(content), name));
  }
}
