/** What may stand at a place, by the grammar: asked of the state that everything around the place leaves. */
import { childElements } from '../xml/query.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from '../xml/tree.ts';
import { admits, fitting } from './admitting.ts';
import { derivativeByAny, without } from './derivative.ts';
import { smallestSkeleton } from './fixes/skeleton.ts';
import { attributesOf, elementsOf, named } from './following.ts';
import type { Grammar } from './grammar.ts';
import type { Declaration, Pattern } from './pattern.ts';
import type { Readings } from './readings.ts';
import { missingElements } from './repair/missing.ts';
import { Uses } from './usage.ts';
import { acceptsValue, valuesOf } from './values.ts';
import { dataInWords } from './words.ts';

export interface ElementSuggestion {
  /** With the prefix that it has in this document. */
  readonly name: string;
  /** Without it the parent is incomplete. */
  readonly required: boolean;
  /** The smallest whole element that fits, as text; null where it has none. */
  readonly skeleton: () => string | null;
}

export interface AttributeSuggestion {
  readonly name: string;
  readonly required: boolean;
  readonly values: ValueSuggestions;
}

export interface ValueSuggestions {
  /** Words that go with everything else. */
  readonly words: readonly string[];
  /** Words that go with another start tag or content only; empty for text. */
  readonly otherWords: readonly string[];
  /** Kinds of data that may stand there, in words: "a whole number from 0 to 7". */
  readonly data: readonly string[];
  readonly anyText: boolean;
  /** Whether a value fits, words or not. */
  readonly accepts: (value: string) => boolean;
}

/**
 * The elements that may be inserted among the children of `parent` so that those after the offset still fit; for no
 * parent, the roots.
 * @param except the child whose name is being written
 */
export function elementsAt(
  grammar: Grammar,
  document: XmlDocument,
  parent: XmlElement | null,
  offset: number,
  except?: XmlElement,
): ElementSuggestion[] {
  const readings = grammar.read(document);
  if (!parent)
    return [...elementsOf(readings.grammar.start).byName].map(([name, declarations]) =>
      suggestion(name, true, declarations, Uses.all()),
    );
  const children = childElements(parent).filter((child) => child.name && child !== except);
  const before = children.filter((child) => child.start < offset);
  const after = children.filter((child) => child.start >= offset);
  const found = new Map<string, { required: boolean; declarations: readonly Declaration[] }>();
  for (const reading of readings.of(parent)) {
    const content = readings.content(reading);
    const here = readings.after(content, before);
    const missing = missingElements(readings.grammar.pool, readings.after(here, after));
    const needed = new Set(missing.flatMap((names) => (names.length === 1 ? names : [])));
    for (const [name, declarations] of insertable(readings, here, after)) {
      const known = found.get(name);
      const required = known?.required || needed.has(name);
      found.set(name, { required, declarations: [...(known?.declarations ?? []), ...declarations] });
    }
  }
  return [...found].flatMap(([name, { required, declarations }]) =>
    readings.judge.names
      .written(parent, [name])
      .map((written) => suggestion(written, required, declarations, Uses.of(parent))),
  );
}

function suggestion(
  name: string,
  required: boolean,
  declarations: readonly Declaration[],
  uses: Uses,
): ElementSuggestion {
  return { name, required, skeleton: () => smallestSkeleton(declarations, name, uses.part(name)) };
}

/** The attributes that may be added, or stand in the place of `replaced`. */
export function attributesAt(
  grammar: Grammar,
  document: XmlDocument,
  element: XmlElement,
  replaced?: XmlAttribute,
): AttributeSuggestion[] {
  const readings = grammar.read(document);
  const likeliest = new Set(readings.of(element, replaced).map(({ declaration }) => declaration));
  const all = readings.possible(element, replaced).flatMap(({ left, declaration }) =>
    [...attributesOf(left).byName].map(([name, declarations]) => ({
      left,
      name,
      declarations,
      isLikely: likeliest.has(declaration),
    })),
  );
  const found = new Map<string, { required: boolean; patterns: Pattern[]; uses: (value: string) => boolean }>();
  for (const { left, name, declarations, isLikely } of fitting(all, (one) => goesWithContent(readings, element, one))) {
    const known = found.get(name) ?? { required: false, patterns: [], uses: () => false };
    found.set(name, {
      required:
        known.required || (isLikely && without(readings.grammar.pool, left, declarations).kind === 'notAllowed'),
      patterns: [...known.patterns, ...declarations.map((one) => one.content)],
      uses: (value) => known.uses(value) || admits(readings, readings.judge.afterAttribute(left, name, value), element),
    });
  }
  return [...found].flatMap(([name, { required, patterns, uses }]) =>
    readings.judge.names.written(element, [name]).map((written) => ({
      name: written,
      required,
      values: suggestions(readings, patterns, [], uses),
    })),
  );
}

/** Whether what stands in an element goes with an attribute more. */
function goesWithContent(
  readings: Readings,
  element: XmlElement,
  { left, declarations }: { readonly left: Pattern; readonly declarations: readonly Declaration[] },
): boolean {
  return admits(readings, derivativeByAny(readings.grammar.pool, left, declarations), element);
}

/** The values of an attribute, given the other attributes. */
export function attributeValuesAt(
  grammar: Grammar,
  document: XmlDocument,
  element: XmlElement,
  attribute: XmlAttribute,
): ValueSuggestions {
  const readings = grammar.read(document);
  const name = readings.judge.names.ofAttribute(attribute);
  const valuesIn = (patterns: readonly Pattern[]) =>
    patterns.flatMap((one) => named(attributesOf(one), name).map((declaration) => declaration.content));
  const all = readings.of(element, attribute);
  const goesWith = (value: string) =>
    all.some(({ left }) => admits(readings, readings.judge.afterAttribute(left, name, value), element));
  return suggestions(
    readings,
    valuesIn(all.map((reading) => reading.left)),
    valuesOf(valuesIn(all.map((reading) => reading.declaration.content))).words,
    goesWith,
  );
}

/** What may stand as the text of an element. */
export function textValuesAt(grammar: Grammar, document: XmlDocument, element: XmlElement): ValueSuggestions {
  const readings = grammar.read(document);
  const contents = readings.of(element).map((reading) => readings.content(reading));
  return suggestions(readings, contents, [], () => true);
}

/**
 * @param wider words that go with another start tag
 * @param goesWith whether what stands in the element goes with a word
 */
function suggestions(
  readings: Readings,
  patterns: readonly Pattern[],
  wider: readonly string[],
  goesWith: (word: string) => boolean,
): ValueSuggestions {
  const { words: all, data, anyText } = valuesOf(patterns);
  const words = fitting(all, goesWith);
  const otherWords = [...new Set([...all, ...wider])].filter((word) => !words.includes(word));
  const accepts = (value: string) => patterns.some((one) => acceptsValue(readings.grammar.pool, one, value));
  return { words, otherWords, data: [...new Set(data.map(dataInWords))], anyText, accepts };
}

/** The names after which as many of the later children fit as now. */
function insertable(
  readings: Readings,
  here: Pattern,
  after: readonly XmlElement[],
): [string, readonly Declaration[]][] {
  const { pool } = readings.grammar;
  const countFitting = (content: Pattern) => {
    let left = content;
    let count = 0;
    for (const child of after) {
      const candidates = named(elementsOf(left), readings.judge.names.ofElement(child));
      if (candidates.length) count++;
      if (candidates.length) left = derivativeByAny(pool, left, candidates);
    }
    return count;
  };
  const now = after.length ? countFitting(here) : 0;
  return [...elementsOf(here).byName].filter(
    ([, declarations]) => !after.length || countFitting(derivativeByAny(pool, here, declarations)) >= now,
  );
}
