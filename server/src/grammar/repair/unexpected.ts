/** A child that cannot stand where it is: misspelt, repeated, out of order, in conflict with something, or unknown. */
import { nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { closest } from '../closest.ts';
import { derivativeByAny } from '../derivative.ts';
import type { GrammarError } from '../error.ts';
import { elementsOf, mentionedElements, named } from '../following.ts';
import type { Pattern } from '../pattern.ts';
import type { Brothers } from './brothers.ts';
import type { Owner } from './children.ts';
import { costs, type Repair, type RepairContext } from './context.ts';

/**
 * @param left the content that is left before the child
 * @param content the content of the owner after its start tag
 */
export function repairUnexpected(
  context: RepairContext,
  { element: owner, declaration }: Owner,
  brothers: Brothers,
  child: XmlElement,
  left: Pattern,
  content: Pattern,
): Repair & { left: Pattern } {
  const name = context.judge.names.ofElement(child);
  const expected = context.judge.names.written(owner, elementsOf(left).byName.keys());
  const place = { ...nameSpan(child), owner, declaration, child, cost: costs.element, expected };

  const now = named(mentionedElements(content), name);
  const ever = now.length ? now : named(mentionedElements(declaration.content), name);
  if (ever.length) {
    const inside = context.best(child, ever);
    if (inside.cost) {
      const meant = misspelling(context, brothers, child, left);
      if (meant) return misspelt(context, { element: owner, declaration }, child, left, meant);
      const homes = otherHomes(context, owner, child);
      if (homes.length) return one({ ...place, code: 'misplaced-element', homes });
    }
    const error = now.length ? outOfPlace() : { ...place, code: 'conflicting-element' as const, brother: null };
    // What is superfluous goes as a whole: what is wrong inside it need not be said.
    const errors = error.code === 'repeated-element' ? [error] : [error, ...inside.errors];
    return { left, cost: error.cost + inside.cost, errors };
  }

  const meant = similarNames(context, brothers, child, left);
  const [likeliest] = meant
    .map((name) => ({ name, inside: context.best(child, declarationsOf(context, child, left, name)) }))
    .sort((a, b) => a.inside.cost - b.inside.cost);
  if (!likeliest || likeliest.inside.cost) {
    // What is right as it is elsewhere was misplaced rather than misspelt.
    const homes = otherHomes(context, owner, child);
    if (homes.length) return one({ ...place, code: 'misplaced-element', homes });
  }
  if (!likeliest) return one({ ...place, code: 'unknown-element' });
  const names = [likeliest.name, ...meant.filter((one) => one !== likeliest.name)];
  return misspelt(context, { element: owner, declaration }, child, left, names);

  function one(error: GrammarError) {
    return { left, cost: error.cost, errors: [error] };
  }

  function outOfPlace(): GrammarError {
    const first = brothers.earlier(child.name);
    if (first) return { ...place, code: 'repeated-element', first };
    const found = brothers.inTheWay(content, name);
    if (found?.onlyOrder) return { ...place, code: 'misordered-element', brother: found.brother };
    return { ...place, code: 'conflicting-element', brother: found?.brother ?? null };
  }
}

/** The names that a child as it is fits under, though its own is known: `<cpu>` for `<vcpu>`. */
export function misspelling(
  context: RepairContext,
  brothers: Brothers,
  child: XmlElement,
  left: Pattern,
): string[] | undefined {
  const fits = (name: string) =>
    declarationsOf(context, child, left, name).some((one) => context.judge.accepts(child, one));
  const names = similarNames(context, brothers, child, left).filter((name) => name !== child.name && fits(name));
  return names.length ? names : undefined;
}

/** A misspelt child, taken as what the first of the names declares. */
export function misspelt(
  context: RepairContext,
  { element: owner, declaration }: Owner,
  child: XmlElement,
  left: Pattern,
  expected: readonly string[],
): Repair & { left: Pattern } {
  const inside = context.best(child, declarationsOf(context, child, left, expected[0] ?? ''));
  const place = { ...nameSpan(child), owner, declaration, child, cost: costs.rename, expected };
  return {
    left: derivativeByAny(context.pool, left, inside.declarations),
    cost: place.cost + inside.cost,
    errors: [{ ...place, code: 'misspelt-element' }, ...inside.errors],
  };
}

/** Names like the child's that may stand in its place and do not come later. */
function similarNames(context: RepairContext, brothers: Brothers, child: XmlElement, left: Pattern): string[] {
  const { pool, judge } = context;
  const repeats = (name: string) => {
    const candidates = declarationsOf(context, child, left, name);
    return (
      named(elementsOf(derivativeByAny(pool, left, candidates)), judge.names.ofElement({ ...child, name })).length > 0
    );
  };
  const expected = child.parent ? judge.names.written(child.parent, elementsOf(left).byName.keys()) : [];
  return closest(
    child.name,
    expected.filter((name) => !brothers.comesAfter(name, child.start) || repeats(name)),
  );
}

function declarationsOf({ judge }: RepairContext, child: XmlElement, left: Pattern, written: string) {
  return named(elementsOf(left), judge.names.ofElement({ ...child, name: written }));
}

/** The elements that take a child just as it is. */
export function otherHomes({ grammar, judge }: RepairContext, owner: XmlElement, child: XmlElement): string[] {
  const fitting = grammar.named(judge.names.ofElement(child)).filter((one) => judge.accepts(child, one));
  const homes = new Set(fitting.flatMap((one) => [...grammar.homes(one)]));
  homes.delete(judge.names.ofElement(owner));
  return judge.names.written(owner, homes);
}
