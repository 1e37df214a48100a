/** Valid domains with one error put in, and where a human would look for it: what the measurements of the grammar are made of. */

import { domainGrammar } from '../../server/src/grammar/builtIn.ts';
import { attributeValuesAt } from '../../server/src/grammar/complete.ts';
import { isNamespaceBinding } from '../../server/src/grammar/names.ts';
import { parseXml } from '../../server/src/xml/parse.ts';
import { childElements, descendants, nameSpan, textOf, textSpan } from '../../server/src/xml/query.ts';
import type { Span, XmlAttribute, XmlDocument, XmlElement } from '../../server/src/xml/tree.ts';
import type { Random } from './random.ts';

/** One replacement in a text. */
export interface Change extends Span {
  readonly newText: string;
}

/** An error to put in. Offsets of the changes are those before, offsets of the places those after all of them. */
export interface Injection {
  readonly kind: string;
  /** The element that the error is in: errors in unrelated elements are independent. */
  readonly element: XmlElement;
  readonly changes: readonly Change[];
  /** An error message must touch one of these. */
  readonly places: (text: string) => readonly Span[];
}

type Inject = (domain: ValidDomain, random: Random) => Omit<Injection, 'kind'> | undefined;

export interface ValidDomain {
  readonly name: string;
  readonly document: XmlDocument;
  readonly elements: readonly XmlElement[];
}

/** Undefined where a text is not a valid domain. */
export function validDomain(name: string, text: string): ValidDomain | undefined {
  const document = parseXml(text);
  if (!document.root || document.problems.length || !domainGrammar().accepts(document)) return undefined;
  return { name, document, elements: [...descendants(document.root)] };
}

export function applyChanges(text: string, changes: readonly Change[]): string {
  return [...changes]
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end), text);
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

function one<Item>(items: readonly Item[], random: Random): Item | undefined {
  return items[random.below(items.length)];
}

/** One letter too many, wrong, missing, or two that changed places. */
export function slip(word: string, random: Random): string {
  const at = random.below(word.length);
  const letter = LETTERS.charAt(random.below(LETTERS.length));
  const rest = word.slice(at + 1);
  const ways = [
    word.slice(0, at) + letter + word.slice(at),
    word.slice(0, at) + letter + rest,
    word.slice(0, at) + rest,
    word.slice(0, at) + rest.charAt(0) + word.charAt(at) + rest.slice(1),
  ];
  return ways[random.below(word.length > 2 ? ways.length : 2)] ?? word;
}

const isName = (text: string) => /^[A-Za-z_][\w.-]*$/.test(text);
const given = (element: XmlElement) => element.attributes.filter((one) => !isNamespaceBinding(one));
const at = (start: number, length: number) => () => [{ start, end: start + length }];

function attributeFrom(domain: ValidDomain, random: Random): XmlAttribute | undefined {
  return one(
    domain.elements.filter((element) => element.parent).flatMap((element) => given(element)),
    random,
  );
}

function childFrom({ elements }: ValidDomain, random: Random): XmlElement | undefined {
  return one(
    elements.filter((element) => element.parent),
    random,
  );
}

function replaced(element: XmlElement, { start, end }: Span, newText: string): Omit<Injection, 'kind'> {
  return { element, changes: [{ start, end, newText }], places: at(start, newText.length) };
}

/** The element that starts at an offset of a text. */
function elementAt(text: string, start: number): XmlElement | undefined {
  const { root } = parseXml(text);
  return root ? [...descendants(root)].find((element) => element.start === start) : undefined;
}

const startTag = (element: XmlElement): Span => ({ start: element.start, end: element.startTagEnd });

const kinds: Readonly<Record<string, Inject>> = {
  'misspelt attribute': (domain, random) => {
    const attribute = attributeFrom(domain, random);
    const name = attribute && slip(attribute.name, random);
    if (!name || !isName(name) || attribute.parent.attributes.some((other) => other.name === name)) return undefined;
    return replaced(attribute.parent, { start: attribute.nameStart, end: attribute.nameEnd }, name);
  },
  'misspelt element': (domain, random) => {
    const element = childFrom(domain, random);
    const name = element && slip(element.name, random);
    if (!name || !isName(name) || name === element.name) return undefined;
    const changes = [{ ...nameSpan(element), newText: name }];
    if (element.endTagNameStart >= 0)
      changes.push({
        start: element.endTagNameStart,
        end: element.endTagNameStart + element.name.length,
        newText: name,
      });
    return { element, changes, places: at(element.nameStart, name.length) };
  },
  'wrong value': (domain, random) => {
    const attribute = attributeFrom(domain, random);
    const value = attribute?.value && slip(attribute.value, random);
    if (!value || /[<&'"]/.test(attribute.value)) return undefined;
    return replaced(attribute.parent, { start: attribute.valueStart, end: attribute.valueEnd }, value);
  },
  'wrong text': (domain, random) => {
    const element = one(
      domain.elements.filter((one) => one.parent && !childElements(one).length && textOf(one)),
      random,
    );
    const written = element && textOf(element);
    const value = written && slip(written, random);
    if (!value || /[<&]/.test(written)) return undefined;
    return replaced(element, textSpan(element), value);
  },
  'missing attribute': (domain, random) => {
    const attribute = attributeFrom(domain, random);
    if (!attribute) return undefined;
    const element = attribute.parent;
    const before = domain.document.text.slice(0, attribute.nameStart).trimEnd().length;
    return {
      element,
      changes: [{ start: before, end: attribute.valueEnd + 1, newText: '' }],
      // The content that contradicts what is left may be blamed as well.
      places: (text) => {
        const now = elementAt(text, element.start);
        return now ? [...descendants(now)].map(startTag) : [];
      },
    };
  },
  'missing element': (domain, random) => {
    const element = childFrom(domain, random);
    const parent = element?.parent;
    if (!parent) return undefined;
    return {
      element: parent,
      changes: [{ start: element.start, end: element.end, newText: '' }],
      places: at(parent.start, parent.startTagEnd - parent.start),
    };
  },
  'repeated element': (domain, random) => {
    const element = childFrom(domain, random);
    const parent = element?.parent;
    if (!parent || childElements(parent, element.name).length > 1) return undefined;
    const text = domain.document.text.slice(element.start, element.end);
    return {
      element: parent,
      changes: [{ start: element.end, end: element.end, newText: text }],
      places: () => [startTag(element), { start: element.end, end: element.end + element.startTagEnd - element.start }],
    };
  },
  'foreign attribute': (domain, random) => {
    const element = childFrom(domain, random);
    const other = attributeFrom(domain, random);
    if (!element || !other || element.attributes.some((one) => one.name === other.name)) return undefined;
    if (other.value.includes("'") || other.name.includes(':')) return undefined;
    const written = ` ${other.name}='${domain.document.text.slice(other.valueStart, other.valueEnd)}'`;
    return {
      element,
      changes: [{ start: element.nameEnd, end: element.nameEnd, newText: written }],
      places: at(element.nameEnd + 1, other.name.length),
    };
  },
};

/** A legal value of an attribute that chooses what else fits, put in the place of the right one. */
const wrongChoice: Inject = (domain, random) => {
  const attribute = one(
    domain.elements
      .filter((element) => element.parent)
      .flatMap(given)
      .filter(({ name }) => CHOOSING.has(name)),
    random,
  );
  if (!attribute) return undefined;
  const { words, otherWords } = attributeValuesAt(domainGrammar(), domain.document, attribute.parent, attribute);
  const value = one(
    [...words, ...otherWords].filter((word) => word !== attribute.value),
    random,
  );
  if (value === undefined) return undefined;
  return replaced(attribute.parent, { start: attribute.valueStart, end: attribute.valueEnd }, value);
};
const CHOOSING = new Set(['type', 'mode', 'model']);

/** The kinds of single errors. */
export const injectionKinds: readonly string[] = Object.keys(kinds);

/** An error of a kind that makes a domain invalid, or undefined where the dice did not find one. */
export function injection(domain: ValidDomain, kind: string, random: Random): Injection | undefined {
  const made = (kind === 'wrong choice' ? wrongChoice : kinds[kind])?.(domain, random);
  if (!made) return undefined;
  const document = parseXml(applyChanges(domain.document.text, made.changes));
  if (document.problems.length || domainGrammar().accepts(document)) return undefined;
  return { kind, ...made };
}

/** Several errors in one text, each of which makes the domain invalid by itself. */
export interface Injections {
  readonly text: string;
  readonly kinds: readonly string[];
  /** One item for each error: where its message may stand. */
  readonly places: readonly (readonly Span[])[];
}

/** Kinds that change a start tag or a text in one place: of several, each stays where it is. */
const localKinds = ['misspelt attribute', 'misspelt element', 'wrong value', 'wrong text', 'foreign attribute'];
const TRIES = 60;

/** Errors in elements none of which holds another, or undefined where the domain is too small for so many. */
export function independentInjections(domain: ValidDomain, count: number, random: Random): Injections | undefined {
  const made: Injection[] = [];
  for (let tries = 0; made.length < count && tries < TRIES; tries++) {
    const one = injection(domain, localKinds[random.below(localKinds.length)] ?? '', random);
    if (one && made.every((other) => unrelated(other.element, one.element))) made.push(one);
  }
  if (made.length < count) return undefined;
  const text = applyChanges(
    domain.document.text,
    made.flatMap((one) => one.changes),
  );
  const shifted = (own: Injection) => {
    const before = made.filter((other) => other !== own).flatMap((other) => other.changes);
    const shift = before
      .filter((change) => change.end <= own.element.start)
      .reduce((sum, { start, end, newText }) => sum + newText.length - (end - start), 0);
    return own.places(text).map(({ start, end }) => ({ start: start + shift, end: end + shift }));
  };
  return { text, kinds: made.map((one) => one.kind), places: made.map(shifted) };
}

function unrelated(a: XmlElement, b: XmlElement): boolean {
  return a.end <= b.start || b.end <= a.start;
}
