/** Numbers that elements have, and the next one that none has. */
import { attributeValue } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';

/** A number as libvirt reads it: decimal, or hexadecimal with `0x`. Undefined for what is none. */
export function anyNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^(0x[\da-f]{1,8}|\d{1,15})$/i.test(text) ? Number(text) : undefined;
}

/** The numbers that an attribute of some elements holds. */
export function numbersOf(elements: readonly XmlElement[], attribute: string): number[] {
  return elements.flatMap((element) => anyNumber(attributeValue(element, attribute)) ?? []);
}

/** The least number that is not taken. */
export function freeNumber(taken: Iterable<number>, least: number): number {
  const all = new Set(taken);
  let number = least;
  while (all.has(number)) number++;
  return number;
}
