/**
 * The likeliest readings of an element in a document that may be half written: which declarations it may be, and what
 * its start tag leaves. Completion and hover ask them.
 */
import { childElements } from '../xml/query.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from '../xml/tree.ts';
import { closeAttributes, derivativeByAny, ignoreAttributes } from './derivative.ts';
import { elementsOf, mentionedElements, named } from './following.ts';
import { Judge } from './judge.ts';
import type { LoadedGrammar } from './load.ts';
import { isNamespaceBinding } from './names.ts';
import type { Declaration, Pattern } from './pattern.ts';
import { RepairSearch } from './repair/repair.ts';

export interface Reading {
  readonly declaration: Declaration;
  /** What the attributes leave; more attributes may follow. */
  readonly left: Pattern;
}

export class Readings {
  readonly grammar: LoadedGrammar;
  readonly judge: Judge;
  readonly #search: RepairSearch;
  readonly #declarations = new Map<XmlElement, readonly Declaration[]>();
  constructor(grammar: LoadedGrammar, document: XmlDocument) {
    this.grammar = grammar;
    this.judge = new Judge(grammar.pool, document);
    this.#search = new RepairSearch(this.judge, grammar);
  }

  /** The readings that its attributes fit best, leaving out one that is being written. */
  of(element: XmlElement, except?: XmlAttribute): Reading[] {
    return this.#fittest(element, this.declarations(element), except);
  }

  /** The same of all rivals, also of those that the content speaks against: an attribute more may decide for them. */
  possible(element: XmlElement, except?: XmlAttribute): Reading[] {
    return this.#fittest(element, [...new Set(this.#candidates(element))], except);
  }

  #fittest(element: XmlElement, declarations: readonly Declaration[], except: XmlAttribute | undefined): Reading[] {
    const readings = declarations.map((declaration) => this.#reading(element, declaration, except));
    const fewest = Math.min(...readings.map((one) => one.misfits));
    return readings.filter((one) => one.misfits === fewest);
  }

  /** The content that a reading leaves after its start tag. */
  content({ left }: Reading): Pattern {
    const closed = closeAttributes(this.grammar.pool, left);
    return closed.kind === 'notAllowed' ? ignoreAttributes(this.grammar.pool, left) : closed;
  }

  /** A content after children; those that cannot stand there are passed over. */
  after(content: Pattern, children: Iterable<XmlElement>): Pattern {
    let left = content;
    for (const child of children) {
      const candidates = named(elementsOf(left), this.judge.names.ofElement(child));
      if (candidates.length) left = derivativeByAny(this.grammar.pool, left, candidates);
    }
    return left;
  }

  /** What the element may be declared as, by the place where it stands; of rivals, those that are least wrong. */
  declarations(element: XmlElement): readonly Declaration[] {
    const known = this.#declarations.get(element);
    if (known) return known;
    const candidates = [...new Set(this.#candidates(element))];
    const likeliest = candidates.length > 1 ? this.#search.best(element, candidates).declarations : candidates;
    this.#declarations.set(element, likeliest);
    return likeliest;
  }

  #candidates(element: XmlElement): readonly Declaration[] {
    const name = this.judge.names.ofElement(element);
    const { parent } = element;
    if (!parent) return named(elementsOf(this.grammar.start), name);
    const before = childElements(parent).filter((child) => child.name && child.start < element.start);
    return this.of(parent).flatMap((reading) => {
      const content = this.content(reading);
      const here = this.after(content, before);
      for (const place of [elementsOf(here), elementsOf(content), mentionedElements(reading.declaration.content)]) {
        const found = named(place, name);
        if (found.length) return found;
      }
      return [];
    });
  }

  #reading(
    element: XmlElement,
    declaration: Declaration,
    except: XmlAttribute | undefined,
  ): Reading & { misfits: number } {
    let left = declaration.content;
    let misfits = 0;
    for (const attribute of element.attributes) {
      if (attribute === except || isNamespaceBinding(attribute)) continue;
      const next = this.judge.afterAttribute(left, this.judge.names.ofAttribute(attribute), attribute.value);
      if (next.kind === 'notAllowed') misfits++;
      else left = next;
    }
    return { declaration, left, misfits };
  }
}
