/** The repair of what stands between start and end tag: from left to right, each child judged for itself. */
import { nameSpan } from '../../xml/query.ts';
import type { XmlElement, XmlText } from '../../xml/tree.ts';
import { afterText, derivativeByAny } from '../derivative.ts';
import type { GrammarError } from '../error.ts';
import { elementsOf, named } from '../following.ts';
import { textWithoutElements } from '../judge.ts';
import type { Declaration, Pattern } from '../pattern.ts';
import { isBlank, type ValueSet, valuesOf } from '../values.ts';
import { Brothers } from './brothers.ts';
import { costs, nothingWrong, type Repair, type RepairContext } from './context.ts';
import { missingElements } from './missing.ts';
import { misspelling, misspelt, otherHomes, repairUnexpected } from './unexpected.ts';

/** Errors in one element after which its other children are left alone. */
const mostErrors = 500;

/** A child that needs dearer repairs than this, and is right as it is elsewhere, stands in the wrong place. */
const misplacedAbove = 2;

/** What a content is the content of. */
export interface Owner {
  readonly element: XmlElement;
  readonly declaration: Declaration;
}

/** @param content what the start tag of the owner leaves */
export function repairContent(context: RepairContext, owner: Owner, content: Pattern): Repair {
  const text = textWithoutElements(owner.element.children);
  if (text !== null && context.judge.acceptsText(content, text)) return nothingWrong;
  const repair =
    text === null ? new ContentRepair(context, owner, content).run() : repairText(context, owner, content, text);
  return repair.cost ? repair : nothingWrong;
}

function repairText({ pool }: RepairContext, owner: Owner, content: Pattern, text: string): Repair {
  const expected = textValues(content);
  const wantsValue = expected.words.length > 0 || expected.data.length > 0;
  if (content.hasData && (!isBlank(text) || !content.hasElements))
    return { cost: costs.text, errors: [{ ...wrongText(owner, expected) }] };
  const errors: GrammarError[] = [];
  if (!isBlank(text) && !content.hasText)
    errors.push(wantsValue ? wrongText(owner, expected) : { ...at(owner, textSpanOf(owner)), code: 'unexpected-text' });
  errors.push(...missing(pool, owner, content));
  return { cost: errors.reduce((sum, error) => sum + error.cost, 0), errors };
}

class ContentRepair {
  readonly #context: RepairContext;
  readonly #owner: Owner;
  readonly #content: Pattern;
  readonly #brothers: Brothers;
  #left: Pattern;
  #cost = 0;
  readonly #errors: GrammarError[] = [];

  constructor(context: RepairContext, owner: Owner, content: Pattern) {
    this.#context = context;
    this.#owner = owner;
    this.#content = content;
    this.#left = content;
    this.#brothers = new Brothers(context, owner.element);
  }

  run(): Repair {
    const { pool } = this.#context;
    for (const child of this.#owner.element.children) {
      if (child.kind === 'text') this.#text(child);
      else if (child.name) this.#element(child);
      if (this.#errors.length > mostErrors) return { cost: this.#cost, errors: this.#errors };
    }
    if (!this.#left.nullable) this.#add(...missing(pool, this.#owner, this.#left));
    return { cost: this.#cost, errors: this.#errors };
  }

  #text(text: XmlText): void {
    if (isBlank(text.value)) return;
    const next = afterText(this.#context.pool, this.#left);
    if (next !== this.#context.pool.notAllowed) this.#left = next;
    else this.#add({ ...at(this.#owner, trimmed(text)), code: 'unexpected-text' });
  }

  #element(child: XmlElement): void {
    const context = this.#context;
    const name = context.judge.names.ofElement(child);
    const candidates = named(elementsOf(this.#left), name);
    context.spend();
    if (candidates.length) {
      const best = context.best(child, candidates);
      if (best.cost > misplacedAbove && this.#isAnother(child)) return;
      // `<cpu>2</cpu>` for `<vcpu>`: text alone that cannot be there speaks for the other name.
      const holdsForeignText = best.errors.some((one) => one.code === 'unexpected-text' && one.owner === child);
      const meant = holdsForeignText ? misspelling(context, this.#brothers, child, this.#left) : undefined;
      if (meant) {
        this.#take(misspelt(context, this.#owner, child, this.#left, meant));
        this.#brothers.pass(child);
        return;
      }
      this.#errors.push(...best.errors);
      this.#cost += best.cost;
      this.#left = derivativeByAny(context.pool, this.#left, best.declarations);
    } else this.#take(repairUnexpected(context, this.#owner, this.#brothers, child, this.#left, this.#content));
    this.#brothers.pass(child);
  }

  /** Takes a child whose name is known here, but whose content is that of another: by a slip, or from another place. */
  #isAnother(child: XmlElement): boolean {
    const meant = misspelling(this.#context, this.#brothers, child, this.#left);
    const homes = meant ? [] : otherHomes(this.#context, this.#owner.element, child);
    if (meant) this.#take(misspelt(this.#context, this.#owner, child, this.#left, meant));
    else if (homes.length) {
      const place = { ...at(this.#owner, nameSpan(child)), cost: costs.element + costs.choosing };
      this.#add({ ...place, code: 'misplaced-element', child, homes, expected: [] });
    } else return false;
    this.#brothers.pass(child);
    return true;
  }

  #take({ errors, cost, left }: Repair & { left: Pattern }): void {
    this.#errors.push(...errors);
    this.#cost += cost;
    this.#left = left;
  }

  #add(...errors: GrammarError[]): void {
    for (const error of errors) {
      this.#errors.push(error);
      this.#cost += error.cost;
    }
  }
}

function missing(pool: RepairContext['pool'], owner: Owner, content: Pattern): GrammarError[] {
  if (content.nullable) return [];
  const groups = missingElements(pool, content);
  const place = { ...at(owner, nameSpan(owner.element)), cost: costs.missing };
  if (!groups.length) return [{ ...place, code: 'missing-element', expected: [...elementsOf(content).byName.keys()] }];
  return groups.map((expected) => ({ ...place, code: 'missing-element', expected }));
}

function wrongText(owner: Owner, expected: ValueSet): GrammarError {
  return { ...at(owner, textSpanOf(owner)), code: 'wrong-text', expected };
}

function at({ element, declaration }: Owner, { start, end }: { start: number; end: number }) {
  return { start, end, owner: element, declaration, cost: costs.text };
}

/** The text of an element without blanks around it, or the element's name where there is none. */
function textSpanOf({ element }: Owner) {
  const texts = element.children.filter((child) => child.kind === 'text').filter((child) => !isBlank(child.value));
  const first = texts[0];
  const last = texts.at(-1);
  return first && last ? { start: trimmed(first).start, end: trimmed(last).end } : nameSpan(element);
}

function trimmed({ start, end, value }: XmlText) {
  const lead = value.length - value.trimStart().length;
  const tail = value.length - value.trimEnd().length;
  return { start: start + lead, end: Math.max(start + lead, end - tail) };
}

/** The values that may be the whole text of a content. */
export function textValues(content: Pattern): ValueSet {
  return valuesOf([content]);
}
