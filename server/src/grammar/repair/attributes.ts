/**
 * The cheapest repairs of a start tag: keep, change a value, rename, drop or add attributes. Iterative deepening over
 * the number of edits, because an error must not depend on the order in which attributes are written.
 */
import { attributeSpan, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { closest } from '../closest.ts';
import { closeAttributes, derivativeByAny } from '../derivative.ts';
import type { GrammarError } from '../error.ts';
import { attributesOf, named } from '../following.ts';
import { isNamespaceBinding } from '../names.ts';
import type { Declaration, Pattern } from '../pattern.ts';
import { acceptsValue, valuesOf } from '../values.ts';
import { costs, type RepairContext, type StartTagRepair } from './context.ts';
import { takeWhatFits } from './greedyAttributes.ts';

const mostEdits = 4;
/** More attributes than this no element of a schema has: then only what fits is kept. */
const mostAttributes = 60;
/** Repairs dearer than the best by more than this are not worth a look at the children. */
const margin = 0.35;
const mostRepairs = 6;
/** Readings that make an attribute more believed. */
const mostReadings = 15;

interface GivenAttribute {
  readonly attribute: XmlAttribute;
  readonly name: string;
  /** The known name that it may be a misspelling of. */
  readonly meant: string | undefined;
  readonly candidates: readonly string[];
}

export function repairStartTag(
  context: RepairContext,
  element: XmlElement,
  declaration: Declaration,
): StartTagRepair[] {
  return new StartTagSearch(context, element, declaration).run();
}

class StartTagSearch {
  readonly #context: RepairContext;
  readonly #element: XmlElement;
  readonly #declaration: Declaration;
  readonly #given: GivenAttribute[] = [];
  readonly #names: ReadonlySet<string>;
  readonly #hopeless: GrammarError[] = [];
  #limit = 0;
  #found: StartTagRepair[] = [];
  #seen = new Map<string, number>();

  constructor(context: RepairContext, element: XmlElement, declaration: Declaration) {
    this.#context = context;
    this.#element = element;
    this.#declaration = declaration;
    const attributes = element.attributes.filter((one) => !isNamespaceBinding(one));
    this.#names = new Set(attributes.map((one) => context.judge.names.ofAttribute(one)));
    const known = attributesOf(declaration.content);
    const free = this.#free(declaration.content);
    for (const attribute of attributes) {
      const name = context.judge.names.ofAttribute(attribute);
      const candidates = named(known, name).length ? [] : closest(attribute.name, free);
      const meant = candidates[0];
      // What no reading knows is wrong whatever else is; it needs no search.
      if (meant === undefined && !named(known, name).length) this.#hopeless.push(this.#unknown(attribute, free));
      else this.#given.push({ attribute, name, meant, candidates });
    }
  }

  run(): StartTagRepair[] {
    if (this.#given.length > mostAttributes) return this.#greedy();
    for (this.#limit = 0; this.#limit <= mostEdits; this.#limit++) {
      this.#found = [];
      this.#seen = new Map();
      this.#visit(0, this.#declaration.content, 0, []);
      if (this.#found.length) return this.#worthTrying();
    }
    return this.#greedy();
  }

  #greedy(): StartTagRepair[] {
    const attributes = this.#given.map((one) => one.attribute);
    const greedy = takeWhatFits(this.#context, this.#element, this.#declaration, attributes);
    return [withErrors(greedy, this.#hopeless)];
  }

  #visit(index: number, left: Pattern, edits: number, errors: readonly GrammarError[]): void {
    const { pool } = this.#context;
    if (left === pool.notAllowed || edits > this.#limit) return;
    const cost = total(errors);
    const key = `${index}:${left.id}`;
    const before = this.#seen.get(key);
    if (before !== undefined && before < cost) return;
    this.#seen.set(key, cost);
    if (!this.#context.spend() && this.#found.length) return;
    const given = this.#given[index];
    if (!given) this.#end(index, left, edits, errors);
    else if (given.meant === undefined) this.#keepOrBlame(index, given, left, edits, errors);
    else this.#renameOrDrop(index, given, given.meant, left, edits, errors);
  }

  #end(index: number, left: Pattern, edits: number, errors: readonly GrammarError[]): void {
    const { pool } = this.#context;
    const closed = closeAttributes(pool, left);
    if (closed !== pool.notAllowed) {
      this.#found.push({ left: closed, cost: total(errors), errors });
      return;
    }
    const missing = errors.flatMap((one) => (one.code === 'missing-attribute' ? [one.name] : []));
    for (const [name, declarations] of attributesOf(left).byName) {
      // In the order of names, so that a set of missing attributes is tried once.
      if (missing.some((one) => one >= name)) continue;
      const error = this.#missing(name, declarations);
      this.#visit(index, derivativeByAny(pool, left, declarations), edits + 1, [...errors, error]);
    }
  }

  #keepOrBlame(
    index: number,
    given: GivenAttribute,
    left: Pattern,
    edits: number,
    errors: readonly GrammarError[],
  ): void {
    const { pool, judge } = this.#context;
    const { attribute, name } = given;
    const kept = judge.afterAttribute(left, name, attribute.value);
    this.#visit(index + 1, kept, edits, errors);
    if (edits >= this.#limit) return;
    const extra = this.#belief(given);
    const declarations = named(attributesOf(left), name);
    const changed = derivativeByAny(pool, left, declarations);
    if (changed !== kept) {
      const error = this.#wrongValue(attribute, declarations, extra);
      this.#visit(index + 1, changed, edits + 1, [...errors, error]);
    }
    this.#visit(index + 1, left, edits + 1, [
      ...errors,
      {
        ...this.#at(nameOf(attribute), costs.drop + extra),
        code: 'conflicting-attribute',
        attribute,
        expected: this.#free(left),
      },
    ]);
  }

  #renameOrDrop(
    index: number,
    { attribute, candidates }: GivenAttribute,
    meant: string,
    left: Pattern,
    edits: number,
    errors: readonly GrammarError[],
  ): void {
    const { pool, judge } = this.#context;
    const misspelt: GrammarError = {
      ...this.#at(nameOf(attribute), costs.rename),
      code: 'misspelt-attribute',
      attribute,
      expected: candidates,
    };
    const renamed = judge.afterAttribute(left, meant, attribute.value);
    if (renamed !== pool.notAllowed) this.#visit(index + 1, renamed, edits + 1, [...errors, misspelt]);
    else {
      const declarations = named(attributesOf(left), meant);
      const value = this.#wrongValue(attribute, declarations, 0);
      this.#visit(index + 1, derivativeByAny(pool, left, declarations), edits + 2, [...errors, misspelt, value]);
    }
    this.#visit(index + 1, left, edits + 1, [...errors, this.#unknown(attribute, this.#free(left))]);
  }

  /** The cheapest, and those so near that the children may decide. */
  #worthTrying(): StartTagRepair[] {
    const all = this.#found.sort((a, b) => a.cost - b.cost);
    const dearest = (all[0]?.cost ?? 0) + margin;
    const seen = new Set<Pattern>();
    const kept = all
      .filter(({ left, cost }) => cost <= dearest && !seen.has(left) && seen.add(left))
      .slice(0, mostRepairs);
    return kept.map((one) =>
      withErrors({ ...one, errors: one.errors.map((error) => this.#narrowed(error, one)) }, this.#hopeless),
    );
  }

  /** Of the words that an attribute takes at all, those that go with the attributes that stay. */
  #narrowed(error: GrammarError, { errors }: StartTagRepair): GrammarError {
    if (error.code !== 'wrong-value' || error.expected.words.length < 2) return error;
    const wrong = new Set(errors.map((one) => ('attribute' in one ? one.attribute : null)));
    const fits = (word: string) => {
      let left = this.#declaration.content;
      for (const { attribute, name } of this.#given) {
        if (attribute !== error.attribute && wrong.has(attribute)) continue;
        left = this.#context.judge.afterAttribute(left, name, attribute === error.attribute ? word : attribute.value);
      }
      return left !== this.#context.pool.notAllowed;
    };
    const words = error.expected.words.filter(fits);
    return words.length ? { ...error, expected: { ...error.expected, words } } : error;
  }

  /** What blaming it costs more: it chooses between readings, and one of them knows its value. More so the more there are. */
  #belief({ attribute, name }: GivenAttribute): number {
    const readings = this.#context.rivals(this.#element) ?? [this.#declaration];
    const declarations = readings.flatMap((one) => named(attributesOf(one.content), name));
    if (declarations.length < 2) return 0;
    const isKnown = declarations.some((one) => acceptsValue(this.#context.pool, one.content, attribute.value));
    return isKnown ? costs.choosing + costs.reading * Math.min(declarations.length, mostReadings) : 0;
  }

  /** The names of attributes that could still be given. */
  #free(left: Pattern): string[] {
    return [...attributesOf(left).byName.keys()].filter((name) => !this.#names.has(name));
  }

  #at({ start, end }: { start: number; end: number }, cost: number) {
    return { start, end, owner: this.#element, declaration: this.#declaration, cost };
  }

  #unknown(attribute: XmlAttribute, expected: readonly string[]): GrammarError {
    return { ...this.#at(nameOf(attribute), costs.drop), code: 'unknown-attribute', attribute, expected };
  }

  #missing(name: string, declarations: readonly Declaration[]): GrammarError {
    const expected = valuesOf(declarations.map((one) => one.content));
    return { ...this.#at(nameSpan(this.#element), costs.missing), code: 'missing-attribute', name, expected };
  }

  #wrongValue(attribute: XmlAttribute, declarations: readonly Declaration[], extra: number): GrammarError {
    const span = attribute.valueStart === attribute.valueEnd ? attributeSpan(attribute) : valueSpan(attribute);
    const expected = valuesOf(declarations.map((one) => one.content));
    return { ...this.#at(span, costs.value + extra), code: 'wrong-value', attribute, expected, fitsContent: false };
  }
}

function nameOf({ nameStart, nameEnd }: XmlAttribute) {
  return { start: nameStart, end: nameEnd };
}

function total(errors: readonly GrammarError[]): number {
  return errors.reduce((sum, error) => sum + error.cost, 0);
}

function withErrors(repair: StartTagRepair, errors: readonly GrammarError[]): StartTagRepair {
  return errors.length
    ? { ...repair, cost: repair.cost + total(errors), errors: [...errors, ...repair.errors] }
    : repair;
}
