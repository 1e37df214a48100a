/**
 * The content is wrong though the start tag is right: would it be right with another value of an attribute that chooses
 * between readings (`type` of a disk), or if such an attribute were given at all?
 */
import { nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { closeAttributes } from '../derivative.ts';
import type { GrammarError, OtherReading } from '../error.ts';
import { attributesOf, named } from '../following.ts';
import { isNamespaceBinding } from '../names.ts';
import type { Declaration, Pattern } from '../pattern.ts';
import { valuesOf } from '../values.ts';
import { costs, costTolerance, nothingWrong, type Repair, type RepairContext } from './context.ts';

const hopeless: Repair = { cost: Number.POSITIVE_INFINITY, errors: [] };

interface Choice {
  readonly name: string;
  readonly declarations: readonly Declaration[];
  readonly attribute: XmlAttribute | undefined;
}

export function blameChoosingAttribute(
  context: RepairContext,
  element: XmlElement,
  declaration: Declaration,
  repair: Repair,
  contentRepair: (content: Pattern) => Repair,
): Repair {
  const attributes = element.attributes.filter((one) => !isNamespaceBinding(one));
  let current = repair;
  for (const choice of choices()) {
    if (!context.spend()) return current;
    const { words, left } = bestWords(choice);
    if (left.cost >= current.cost - costTolerance) continue;
    const error = blame(choice, words);
    const cost = left.cost + error.cost;
    if (cost < current.cost - costTolerance) return { cost, errors: [error, ...left.errors] };
    current = withOtherReading(current, left, { owner: element, attribute: choice.name, values: words });
  }
  return current;

  function choices(): Choice[] {
    const all = attributesOf(declaration.content);
    const given = attributes.map((attribute): Choice => {
      const name = context.judge.names.ofAttribute(attribute);
      return { name, declarations: named(all, name), attribute };
    });
    const names = new Set(given.map((one) => one.name));
    const absent = [...all.byName]
      .filter(([name]) => !names.has(name))
      .map(([name, declarations]): Choice => ({ name, declarations, attribute: undefined }));
    // An attribute with one declaration chooses nothing.
    return [...given, ...absent].filter((one) => one.declarations.length > 1);
  }

  /** The words with which the content is least wrong, and what is wrong then. */
  function bestWords({ name, declarations, attribute }: Choice): { words: string[]; left: Repair } {
    let best: { words: string[]; left: Repair } = { words: [], left: hopeless };
    for (const word of valuesOf(declarations.map((one) => one.content)).words) {
      if (word === attribute?.value) continue;
      const content = startTag(name, word, attribute);
      if (content === context.pool.notAllowed) continue;
      const left = repairWith(content);
      if (left.cost < best.left.cost - costTolerance) best = { words: [word], left };
      else if (left.cost <= best.left.cost + costTolerance) best.words.push(word);
    }
    return best;
  }

  /** What is wrong inside under another start tag. Where blame is too dear to win, only whether nothing is. */
  function repairWith(content: Pattern): Repair {
    if (repair.cost > costs.value + costs.choosing) return contentRepair(content);
    return context.judge.acceptsContent(content, element) ? nothingWrong : hopeless;
  }

  function startTag(name: string, word: string, replaced: XmlAttribute | undefined): Pattern {
    let left = context.judge.afterAttribute(declaration.content, name, word);
    for (const attribute of attributes)
      if (attribute !== replaced)
        left = context.judge.afterAttribute(left, context.judge.names.ofAttribute(attribute), attribute.value);
    return closeAttributes(context.pool, left);
  }

  function blame({ name, attribute }: Choice, words: readonly string[]): GrammarError {
    const expected = { words, data: [], anyText: false };
    if (!attribute) {
      const cost = costs.missing + costs.choosing;
      return { code: 'missing-attribute', ...nameSpan(element), owner: element, declaration, cost, name, expected };
    }
    const cost = costs.value + costs.choosing;
    const span = valueSpan(attribute);
    return { code: 'wrong-value', ...span, owner: element, declaration, cost, attribute, expected, fitsContent: true };
  }
}

/** Hangs another reading on the first error that it would make vanish. */
function withOtherReading(repair: Repair, other: Repair, otherwise: OtherReading): Repair {
  const stays = (error: GrammarError) =>
    other.errors.some((one) => one.code === error.code && one.start === error.start);
  const index = repair.errors.findIndex((error) => !stays(error));
  const error = repair.errors[index];
  if (!error || error.otherwise) return repair;
  return { ...repair, errors: repair.errors.with(index, { ...error, otherwise }) };
}
