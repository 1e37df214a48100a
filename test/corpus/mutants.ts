/** Domains with one thing changed at random: valid or not, whoever asks has to find out. */

import { parseXml } from '../../server/src/xml/parse.ts';
import { descendants } from '../../server/src/xml/query.ts';
import type { XmlElement } from '../../server/src/xml/tree.ts';
import type { Random } from '../support/random.ts';

type Change = (text: string, element: XmlElement, all: readonly XmlElement[], random: Random) => string | undefined;

const splice = (text: string, start: number, end: number, by: string) => text.slice(0, start) + by + text.slice(end);
const one = <Item>(items: readonly Item[], random: Random): Item | undefined => items[random.below(items.length)];

function slip(word: string, random: Random): string {
  const at = random.below(word.length + 1);
  const letter = one([...'abcxyz019-_,.'], random) ?? 'a';
  return random.below(2) ? word.slice(0, at) + letter + word.slice(at) : word.slice(0, at) + word.slice(at + 1);
}

const changes: readonly Change[] = [
  (text, element, _, random) => {
    const attribute = one(element.attributes, random);
    return attribute && splice(text, attribute.nameStart, attribute.nameEnd, slip(attribute.name, random));
  },
  (text, element, _, random) => {
    const attribute = one(element.attributes, random);
    return attribute && splice(text, attribute.valueStart, attribute.valueEnd, slip(attribute.value, random));
  },
  (text, element, _, random) => {
    const attribute = one(element.attributes, random);
    return attribute && splice(text, attribute.nameStart, attribute.valueEnd + 1, '');
  },
  // A value or attribute of another place: legal words where they may not be.
  (text, element, all, random) => {
    const attribute = one(element.attributes, random);
    const other = one(one(all, random)?.attributes ?? [], random);
    return attribute && other && splice(text, attribute.valueStart, attribute.valueEnd, other.value);
  },
  (text, element, all, random) => {
    const other = one(one(all, random)?.attributes ?? [], random);
    return other && splice(text, element.nameEnd, element.nameEnd, ` ${other.name}='${other.value}'`);
  },
  (text, element) => (element.parent ? splice(text, element.start, element.end, '') : undefined),
  (text, element) => splice(text, element.end, element.end, text.slice(element.start, element.end)),
  (text, element, all, random) => {
    const other = one(all, random);
    return other && splice(text, element.startTagEnd, element.startTagEnd, text.slice(other.start, other.end));
  },
  // Two neighbours change places.
  (text, element) => {
    const brothers = element.parent?.children.filter((child) => child.kind === 'element') ?? [];
    const next = brothers[brothers.indexOf(element) + 1];
    if (next?.kind !== 'element') return undefined;
    const between = text.slice(element.end, next.start);
    return splice(
      text,
      element.start,
      next.end,
      text.slice(next.start, next.end) + between + text.slice(element.start, element.end),
    );
  },
  (text, element, _, random) => {
    const child = element.children.length === 1 ? element.children[0] : undefined;
    return child?.kind === 'text' ? splice(text, child.start, child.end, slip(child.value, random)) : undefined;
  },
  (text, element) => splice(text, element.startTagEnd, element.startTagEnd, 'text'),
];

/** Undefined where the change that was drawn cannot be made. */
export function mutated(text: string, random: Random): string | undefined {
  const { root } = parseXml(text);
  const all = root ? [...descendants(root)] : [];
  const element = one(all, random);
  return element && one(changes, random)?.(text, element, all, random);
}
