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
    const error = now.length ? outOfPlace() : { ...place, code: 'conflicting-element' as const, brother: null };
    return { left, cost: error.cost + inside.cost, errors: [error, ...inside.errors] };
  }

  const meant = closest(
    child.name,
    expected.filter((one) => !brothers.comesAfter(one, child.start) || repeats(one)),
  );
  const [likeliest] = meant;
  if (likeliest === undefined) return { left, cost: place.cost, errors: [{ ...place, code: 'unknown-element' }] };
  const candidates = declarationsOf(likeliest);
  const inside = context.best(child, candidates);
  const misspelt: GrammarError = { ...place, code: 'misspelt-element', cost: costs.rename, expected: meant };
  return {
    left: derivativeByAny(context.pool, left, inside.declarations),
    cost: misspelt.cost + inside.cost,
    errors: [misspelt, ...inside.errors],
  };

  function outOfPlace(): GrammarError {
    const first = brothers.earlier(child.name);
    if (first) return { ...place, code: 'repeated-element', first };
    const found = brothers.inTheWay(content, name);
    if (found?.onlyOrder) return { ...place, code: 'misordered-element', brother: found.brother };
    return { ...place, code: 'conflicting-element', brother: found?.brother ?? null };
  }

  function declarationsOf(written: string) {
    return named(elementsOf(left), context.judge.names.ofElement({ ...child, name: written }));
  }

  function repeats(one: string): boolean {
    const candidates = declarationsOf(one);
    return elementsOf(derivativeByAny(context.pool, left, candidates)).byName.has(one);
  }
}
