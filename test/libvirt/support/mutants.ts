/** Small changes to a domain that keep it valid: a value, an attribute less or more, an element less or twice. */
import { applyEdits, type TextEdit } from '../../../server/src/finding.ts';
import { domainGrammar } from '../../../server/src/grammar/builtIn.ts';
import {
  attributesAt,
  attributeValuesAt,
  textValuesAt,
  type ValueSuggestions,
} from '../../../server/src/grammar/complete.ts';
import { insertAfter, removeAttribute, removeElement, setAttribute, setText } from '../../../server/src/xml/edits.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { attributeValue, child, childElements, descendants, textOf } from '../../../server/src/xml/query.ts';
import type { XmlDocument, XmlElement } from '../../../server/src/xml/tree.ts';
import type { Random } from '../../support/random.ts';

/** What the rules speak of: children of domain, and devices. */
const subjects = new Set(
  'cpu vcpu memory maxMemory currentMemory memoryBacking numatune cputune iothreads iothreadids defaultiothread disk interface memballoon clock features graphics video serial console channel input audio sound rng watchdog'.split(
    ' ',
  ),
);

function isSubject(element: XmlElement): boolean {
  return subjects.has(element.name) || (element.name === 'controller' && attributeValue(element, 'type') === 'scsi');
}

/** Numbers and other values that are legal in one place or another; the grammar says where. */
const values = [
  '0',
  '1',
  '2',
  '3',
  '4',
  '8',
  '16',
  '64',
  '255',
  '256',
  '512',
  '1000',
  '1024',
  '4096',
  '1048576',
  '0-3',
  '1,3',
  'vda',
  'sdb',
  'qemu64',
  'KiB',
  'GiB',
] as const;

/** A valid document that differs from the given one in one to two places; undefined where chance found none. */
export function mutantOf(text: string, random: Random): string | undefined {
  for (let attempt = 0; attempt < 8; attempt++) {
    let mutant: string | undefined = text;
    for (let changes = 1 + random.below(2); changes > 0 && mutant !== undefined; changes--)
      mutant = changed(mutant, random);
    if (mutant !== undefined && mutant !== text && domainGrammar().accepts(parseXml(mutant))) return mutant;
  }
  return undefined;
}

function changed(text: string, random: Random): string | undefined {
  const document = parseXml(text);
  const { root } = document;
  if (!root) return undefined;
  const devices = child(root, 'devices');
  const [first, ...rest] = [...childElements(root), ...(devices ? childElements(devices) : [])]
    .filter(isSubject)
    .flatMap((element) => [...descendants(element)]);
  if (!first) return undefined;
  const edits = change(document, random.pick([first, ...rest]), random);
  return edits && applyEdits(text, edits);
}

function change(document: XmlDocument, element: XmlElement, random: Random): TextEdit[] | undefined {
  const grammar = domainGrammar();
  const [first, ...rest] = element.attributes;
  const attribute = first && random.pick([first, ...rest]);
  switch (random.below(6)) {
    case 0:
    case 1: {
      const value = attribute && legalValue(attributeValuesAt(grammar, document, element, attribute), random);
      return attribute && value !== undefined ? setAttribute(element, attribute.name, value, document) : undefined;
    }
    case 2: {
      const [one, ...others] = attributesAt(grammar, document, element);
      const added = one && random.pick([one, ...others]);
      const value = added && legalValue(added.values, random);
      return added && value !== undefined ? setAttribute(element, added.name, value, document) : undefined;
    }
    case 3: {
      if (childElements(element).length || !textOf(element)) return attribute && removeAttribute(attribute, document);
      const value = legalValue(textValuesAt(grammar, document, element), random);
      return value === undefined ? undefined : setText(element, value);
    }
    case 4:
      return insertAfter(element, document.text.slice(element.start, element.end), document);
    default:
      return random.below(2) && attribute ? removeAttribute(attribute, document) : removeElement(element, document);
  }
}

function legalValue({ words, otherWords, data, anyText }: ValueSuggestions, random: Random): string | undefined {
  const [word, ...others] = [...words, ...otherWords];
  if (word !== undefined && random.below(4)) return random.pick([word, ...others]);
  return data.length || anyText ? random.pick(values) : word;
}
