/** What kind of thing a value is: by how it is written, and by the words that the grammar has for its place. */
import { attributeValuesAt, textValuesAt } from '../grammar/complete.ts';
import type { Grammar } from '../grammar/grammar.ts';
import { attributeValue, pathOf } from '../xml/query.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from '../xml/tree.ts';

export type ValueKind = 'number' | 'word' | 'unit' | 'path' | 'uuid' | 'mac' | 'text';

const WRITTEN: readonly (readonly [ValueKind, RegExp])[] = [
  // A number, or a set of them as of CPUs.
  ['number', /^(?:0x[\da-f]+|[-+]?\d+(?:\.\d+)*|\^?\d+(?:-\d+)?(?:,\^?\d+(?:-\d+)?)*)$/i],
  ['uuid', /^[\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12}$/i],
  ['mac', /^(?:[\da-f]{2}:){5}[\da-f]{2}$/i],
  ['path', /^\/\S/],
];

export function kindOfAttribute(grammar: Grammar, document: XmlDocument, attribute: XmlAttribute): ValueKind {
  const { name, parent } = attribute;
  const words = (): Iterable<string> => {
    const { words, otherWords } = attributeValuesAt(grammar, document, parent, attribute);
    return [...words, ...otherWords];
  };
  if (name === 'unit') return 'unit';
  return kindOf(attribute.value.trim(), () => knownWords(grammar, `${placeOf(parent)}@${name}`, words));
}

/** @param text what stands in the element, without blanks around it */
export function kindOfText(grammar: Grammar, document: XmlDocument, element: XmlElement, text: string): ValueKind {
  const words = () => textValuesAt(grammar, document, element).words;
  return kindOf(text, () => knownWords(grammar, placeOf(element), words));
}

function kindOf(value: string, words: () => ReadonlySet<string>): ValueKind {
  const written = WRITTEN.find(([, form]) => form.test(value));
  if (written) return written[0];
  return words().has(value) ? 'word' : 'text';
}

const known = new WeakMap<Grammar, Map<string, ReadonlySet<string>>>();

/** Asked once a place: a document has thousands of attributes in a few dozen places. */
function knownWords(grammar: Grammar, place: string, read: () => Iterable<string>): ReadonlySet<string> {
  const ofGrammar = known.get(grammar) ?? new Map<string, ReadonlySet<string>>();
  known.set(grammar, ofGrammar);
  const words = ofGrammar.get(place) ?? new Set(read());
  ofGrammar.set(place, words);
  return words;
}

/** The path, and the type by which devices of one name differ. */
function placeOf(element: XmlElement): string {
  const type = attributeValue(element, 'type') ?? attributeValue(element.parent ?? undefined, 'type') ?? '';
  return `${pathOf(element).join('/')} ${type}`;
}
