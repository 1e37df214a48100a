/** What the grammar knows of an element or attribute of a document, for hover. */
import type { XmlAttribute, XmlDocument, XmlElement } from '../xml/tree.ts';
import { derivativeByAny, without } from './derivative.ts';
import { attributesOf, elementsOf, mentionedElements, named } from './following.ts';
import type { Grammar } from './grammar.ts';
import type { Readings } from './readings.ts';
import { type ValueSet, valuesOf } from './values.ts';
import { dataInWords } from './words.ts';

export interface DescribedValues {
  readonly words: readonly string[];
  /** Kinds of data in words. */
  readonly data: readonly string[];
  readonly anyText: boolean;
}

export interface AttributeDescription {
  readonly name: string;
  readonly required: boolean;
  readonly values: DescribedValues;
}

export interface ElementDescription {
  readonly name: string;
  /** Its parent is incomplete without it. */
  readonly required: boolean;
  /** It may be repeated. */
  readonly many: boolean;
  /** In the reading that the document's attributes choose. */
  readonly attributes: readonly { readonly name: string; readonly required: boolean }[];
  readonly children: readonly string[];
  readonly text: DescribedValues;
}

/** Undefined for an element that the grammar does not know at its place. */
export function describeElement(
  grammar: Grammar,
  document: XmlDocument,
  element: XmlElement,
): ElementDescription | undefined {
  const readings = grammar.read(document);
  const { pool } = readings.grammar;
  const own = readings.of(element);
  if (!own.length) return undefined;
  const attributes = new Map<string, boolean>();
  const children = new Set<string>();
  for (const reading of own) {
    const { content } = reading.declaration;
    for (const [name, declarations] of attributesOf(content).byName)
      attributes.set(
        name,
        without(pool, content, declarations).kind === 'notAllowed' || (attributes.get(name) ?? false),
      );
    for (const name of mentionedElements(readings.content(reading)).byName.keys()) children.add(name);
  }
  return {
    name: element.name,
    ...occurrence(readings, element),
    attributes: [...attributes].map(([name, required]) => ({ name, required })),
    children: readings.judge.names.written(element, children),
    text: described(valuesOf(own.map((reading) => readings.content(reading)))),
  };
}

/** Undefined for an attribute that the grammar does not know there. */
export function describeAttribute(
  grammar: Grammar,
  document: XmlDocument,
  element: XmlElement,
  attribute: XmlAttribute,
): AttributeDescription | undefined {
  const readings = grammar.read(document);
  const name = readings.judge.names.ofAttribute(attribute);
  const all = readings.of(element, attribute);
  const fitting = all.map(({ left }) => left).filter((left) => named(attributesOf(left), name).length);
  const patterns = fitting.length ? fitting : all.map(({ declaration }) => declaration.content);
  const declarations = patterns.flatMap((left) => named(attributesOf(left), name));
  if (!declarations.length) return undefined;
  return {
    name: attribute.name,
    required: patterns.every((left) => without(readings.grammar.pool, left, declarations).kind === 'notAllowed'),
    values: described(valuesOf(declarations.map((one) => one.content))),
  };
}

function occurrence(readings: Readings, element: XmlElement): { required: boolean; many: boolean } {
  const { pool } = readings.grammar;
  const { parent } = element;
  if (!parent) return { required: true, many: false };
  const name = readings.judge.names.ofElement(element);
  const contents = readings.of(parent).map((reading) => readings.content(reading));
  const known = contents.filter((content) => named(mentionedElements(content), name).length);
  return {
    required:
      known.length > 0 &&
      known.every((content) => without(pool, content, named(mentionedElements(content), name)).kind === 'notAllowed'),
    many: known.some((content) => {
      const left = derivativeByAny(pool, content, named(elementsOf(content), name));
      return named(elementsOf(left), name).length > 0;
    }),
  };
}

function described({ words, data, anyText }: ValueSet): DescribedValues {
  return { words, data: [...new Set(data.map(dataInWords))], anyText };
}
