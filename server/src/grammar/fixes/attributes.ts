/** Repairs of attributes: rename, remove, add, or change the attribute that decides. */
import { say } from '../../l10n/say.ts';
import { removeAttribute, removeElement, renameAttribute, setAttribute } from '../../xml/edits.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from '../../xml/tree.ts';
import { byCloseness, closest } from '../closest.ts';
import type { Examination } from '../examination.ts';
import type { Decision } from '../explain.ts';
import { Uses } from '../usage.ts';
import { type Candidate, type ErrorOf, mostAlternatives } from './candidate.ts';
import { legalValues, meantValues, otherValues } from './legalValues.ts';
import { anyText } from './skeleton.ts';

export function* misspeltAttribute(
  { attribute, expected }: ErrorOf<'misspelt-attribute' | 'unknown-attribute'>,
  { document }: Examination,
): Generator<Candidate> {
  for (const name of byCloseness(attribute.name, expected).slice(0, mostAlternatives)) yield rename(attribute, name);
  yield remove(attribute, document);
}

export function* unknownAttribute(error: ErrorOf<'unknown-attribute'>, examination: Examination): Generator<Candidate> {
  yield remove(error.attribute, examination.document);
  yield* misspeltAttribute(error, examination);
}

export function* conflictingAttribute(
  error: ErrorOf<'conflicting-attribute'>,
  examination: Examination,
): Generator<Candidate> {
  yield remove(error.attribute, examination.document);
  yield* otherDecisions(examination.excluding(error), examination.document);
  for (const name of closest(error.attribute.name, error.expected)) yield rename(error.attribute, name);
}

export function* wrongValue(error: ErrorOf<'wrong-value'>, examination: Examination): Generator<Candidate> {
  const { attribute, expected, fitsContent } = error;
  const { document } = examination;
  const { parent, name, value } = attribute;
  const likely = fitsContent ? expected.words : meantValues(expected, value);
  for (const word of likely.slice(0, mostAlternatives)) yield set(parent, name, word, document);
  if (!likely.length) yield remove(attribute, document);
  for (const word of otherValues(expected, value).slice(0, mostAlternatives))
    yield { ...set(parent, name, word, document), invented: true };
  yield* otherDecisions(examination.excluding(error), document);
  if (likely.length) yield remove(attribute, document);
  if (parent.parent) yield lastResort(parent, document);
}

export function* missingAttribute(
  { owner, name, expected }: ErrorOf<'missing-attribute'>,
  { document }: Examination,
): Generator<Candidate> {
  const used = Uses.of(owner).part(`@${name}`);
  const values = used.ranked(legalValues(expected), (value) => value).slice(0, 2 * mostAlternatives);
  for (const value of expected.anyText ? [...values, anyText(name)] : values) {
    const isWord = expected.words.includes(value);
    const edits = setAttribute(owner, name, value, document);
    yield { title: say`Add ${name}='${value}'`, edits, ...(!isWord && { toFill: true }) };
  }
  if (owner.parent) yield lastResort(owner, document);
}

/** Other values of the attributes that keep something out. */
export function* otherDecisions(decisions: readonly Decision[], document: XmlDocument): Generator<Candidate> {
  for (const { attribute, values } of decisions) {
    for (const value of values.slice(0, mostAlternatives)) yield set(attribute.parent, attribute.name, value, document);
    if (!values.length) yield remove(attribute, document);
  }
}

export function set(element: XmlElement, name: string, value: string, document: XmlDocument): Candidate {
  const given = element.attributes.some((one) => one.name === name);
  return {
    title: given ? say`Change ${name} to '${value}'` : say`Add ${name}='${value}'`,
    edits: setAttribute(element, name, value, document),
  };
}

export function removal(element: XmlElement, document: XmlDocument): Candidate {
  return { title: say`Remove <${element.name}>`, edits: removeElement(element, document) };
}

/** Removes the element that something is wrong with, whatever else it holds. */
export function lastResort(element: XmlElement, document: XmlDocument): Candidate {
  return { ...removal(element, document), drastic: true };
}

function remove(attribute: XmlAttribute, document: XmlDocument): Candidate {
  return { title: say`Remove ${attribute.name}`, edits: removeAttribute(attribute, document) };
}

function rename(attribute: XmlAttribute, name: string): Candidate {
  return { title: say`Rename ${attribute.name} to ${name}`, edits: renameAttribute(attribute, name) };
}
