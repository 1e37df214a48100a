/** Reads every place of a document that names something, in document order. */
import { skipBlanks, skipBlanksBack } from '../../xml/characters.ts';
import { descendants, textOf, textSpan } from '../../xml/query.ts';
import type { Span, XmlAttribute, XmlDocument, XmlElement } from '../../xml/tree.ts';
import { impliedSites } from './implied.ts';
import { type Place, placeAt } from './places.ts';
import type { Site } from './site.ts';
import { suppressedDevice } from './suppressedDevices.ts';

/** Where the names of a guest's parts hold: `domain`, or the second one in a snapshot of a running guest. */
const DOMAINS: ReadonlySet<string> = new Set(['domain', 'inactiveDomain']);

/** The domain that an element is part of; in other documents the root. */
export function guestAround(element: XmlElement): XmlElement {
  let at = element;
  while (at.parent && !DOMAINS.has(at.name)) at = at.parent;
  return at;
}

/** What was read of each version of a document: an editor asks at every move of the cursor. */
const known = new WeakMap<XmlDocument, readonly Site[]>();

/** Every mention, in the order in which elements stand. */
export function sitesOf(document: XmlDocument): readonly Site[] {
  const sites = known.get(document) ?? read(document);
  known.set(document, sites);
  return sites;
}

function read(document: XmlDocument): readonly Site[] {
  if (!document.root) return [];
  const sites: Site[] = [];
  for (const element of descendants(document.root)) {
    for (const attribute of element.attributes) {
      const place =
        placeAt(element, `@${attribute.name}`) ??
        (attribute.name === 'device' ? suppressedDevice(element, guestAround(element)) : undefined);
      if (place) sites.push(...ofAttribute(place, attribute, document));
    }
    const place = placeAt(element);
    if (place) sites.push(...ofText(place, element, document));
    if (DOMAINS.has(element.name)) sites.push(...impliedSites(element, document));
  }
  return sites;
}

function ofAttribute(place: Place, attribute: XmlAttribute, { text }: XmlDocument): Site[] {
  const { parent, value, valueStart, valueEnd, quote } = attribute;
  if (valueStart < 0) return [];
  if (!place.isSet) return site(place, parent, value.trim(), { start: valueStart, end: valueEnd }, quote);
  // A set with a character reference in it is nobody's handwriting.
  if (text.slice(valueStart, valueEnd) !== value) return [];
  return [...value.matchAll(/(\d+)(?:\s*-\s*(\d+))?/g)].flatMap(({ 0: part, 1: first = '', 2: last, index }) => {
    const span = { start: valueStart + index, end: valueStart + index + part.length };
    return site(place, parent, first, span, quote, last === undefined ? undefined : Number(last));
  });
}

function ofText(place: Place, element: XmlElement, { text }: XmlDocument): Site[] {
  const value = textOf(element);
  if (value === '') return [];
  const span = textSpan(element);
  const start = skipBlanks(text, span.start);
  return site(place, element, value, { start, end: skipBlanksBack(text, span.end, start) }, '');
}

function site(
  { kind, role, spell, within }: Place,
  element: XmlElement,
  value: string,
  { start, end }: Span,
  quote: Site['quote'],
  last?: number,
): Site[] {
  const name = spell(value, element);
  if (name === undefined) return [];
  const owner = within?.(element);
  return [
    {
      kind,
      role,
      name,
      start,
      end,
      element,
      quote,
      ...(owner !== undefined && { within: owner }),
      ...(last !== undefined && { last }),
    },
  ];
}
