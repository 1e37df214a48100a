/**
 * The content is wrong though the start tag is right: would it be right with another value of an attribute that chooses
 * between readings (`type` of a disk), or if such an attribute were given at all?
 */
import { nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { closeAttributes } from '../derivative.ts';
import type { GrammarError } from '../error.ts';
import { attributesOf, named } from '../following.ts';
import { isNamespaceBinding } from '../names.ts';
import type { Declaration, Pattern } from '../pattern.ts';
import { valuesOf } from '../values.ts';
import { costs, costTolerance, type Repair, type RepairContext } from './context.ts';

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
    const { least, words } = bestWords(choice);
    if (!words.length) continue;
    const error = blame(choice, words);
    if (least + error.cost < current.cost - costTolerance) return { cost: least + error.cost, errors: [error] };
    if (least === 0) current = withOtherReading(current, element, choice.name, words);
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

  /** The words with which the content is least wrong. */
  function bestWords({ name, declarations, attribute }: Choice): { least: number; words: string[] } {
    let least = Number.POSITIVE_INFINITY;
    let words: string[] = [];
    for (const word of valuesOf(declarations.map((one) => one.content)).words) {
      if (word === attribute?.value) continue;
      const left = startTag(name, word, attribute);
      if (left === context.pool.notAllowed) continue;
      const cost = contentCost(left);
      if (cost === Number.POSITIVE_INFINITY) continue;
      if (cost < least - costTolerance) {
        least = cost;
        words = [];
      }
      if (cost <= least + costTolerance) words.push(word);
    }
    return { least, words };
  }

  /** What is wrong inside under another start tag. Where blame is too dear to win, only whether nothing is. */
  function contentCost(content: Pattern): number {
    if (repair.cost > costs.value + costs.choosing) return contentRepair(content).cost;
    return context.judge.acceptsContent(content, element) ? 0 : Number.POSITIVE_INFINITY;
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

function withOtherReading(repair: Repair, owner: XmlElement, attribute: string, values: readonly string[]): Repair {
  const [first, ...others] = repair.errors;
  if (!first || first.otherwise) return repair;
  return { ...repair, errors: [{ ...first, otherwise: { owner, attribute, values } }, ...others] };
}
