/** Where an error of an attribute is shown, once it is known what else could be meant. */
import { attributeSpan } from '../xml/query.ts';
import type { Span, XmlAttribute } from '../xml/tree.ts';
import type { GrammarError } from './error.ts';
import { type Decision, whatExcludes } from './explain.ts';
import { meantValues } from './fixes/legalValues.ts';
import { attributesOf, named } from './following.ts';
import type { Judge } from './judge.ts';
import type { LoadedGrammar } from './load.ts';
import { valuesOf } from './values.ts';

/**
 * The place of an error. Two attributes of one start tag that contradict each other, each right without the other, are shown
 * together: nothing says which is wrong. An attribute whose value is that of another element is shown as a whole: not its value is
 * the mistake, but that it stands here.
 */
export function errorPlace(error: GrammarError, judge: Judge, grammar: LoadedGrammar): Span {
  if (error.code !== 'wrong-value' && error.code !== 'conflicting-attribute') return error;
  if (error.code === 'wrong-value' && error.fitsContent) return error;
  const { owner, declaration, attribute } = error;
  const contradicts = whatExcludes(judge, owner, declaration, attribute).find((one) => fitsChanged(judge, error, one));
  if (contradicts) return around(attributeSpan(attribute), attributeSpan(contradicts.attribute));
  return error.code === 'wrong-value' && isForeign(error, judge, grammar) ? attributeSpan(attribute) : error;
}

/** Whether the element as a whole would be right if the other attribute had one of the values that let this one in. */
function fitsChanged(judge: Judge, { owner, declaration }: GrammarError, { attribute, values }: Decision): boolean {
  const changed = (value: string): readonly XmlAttribute[] =>
    owner.attributes.map((one) => (one === attribute ? { ...one, value } : one));
  return values.some((value) => {
    const left = judge.afterStartTag(declaration.content, changed(value));
    return left !== judge.pool.notAllowed && judge.acceptsContent(left, owner);
  });
}

/** Whether no legal value is near, but another element has an attribute of this name that takes the value. */
function isForeign(
  { attribute, declaration, expected }: Extract<GrammarError, { code: 'wrong-value' }>,
  judge: Judge,
  { elements }: LoadedGrammar,
): boolean {
  if (meantValues(expected, attribute.value).length > 0) return false;
  const name = judge.names.ofAttribute(attribute);
  return elements.some((other) => {
    if (other === declaration) return false;
    const { words, data } = valuesOf(named(attributesOf(other.content), name).map((one) => one.content));
    return words.includes(attribute.value) || data.some((one) => one.test?.(attribute.value));
  });
}

function around(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}
