/** Sizes in units that are too small to be read: 8388608 KiB are 8 GiB. */

import { wholeNumber } from '../../domain/numbers.ts';
import { attributeSize, elementSize, isRounded, roundedSize, sizeInBytes } from '../../domain/sizes.ts';
import { attribute, attributeSpan, attributeValue, descendants, textOf, textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import type { InlayHint } from './hint.ts';

/** Elements whose text is a size, in KiB unless a unit is given. */
const IN_KIBIBYTES: ReadonlySet<string> = new Set(
  'memory currentMemory maxMemory hard_limit soft_limit swap_hard_limit min_guarantee'.split(' '),
);
/** Pairs of attributes that are a size, by their element. */
const PAIRS: Readonly<Record<string, string>> = { cell: 'memory', page: 'size', cache: 'size', bandwidth: 'value' };
/** Bytes, or bytes a second. */
const IN_BYTES = /^(?:(?:total|read|write)_bytes_sec(?:_max)?)$/;
/** Up to this a number is read without help. */
const LARGEST_READABLE = 9999;

export function sizeHints(root: XmlElement): InlayHint[] {
  const hints: InlayHint[] = [];
  for (const element of descendants(root)) hints.push(...ofText(element), ...ofPair(element));
  return hints;
}

function ofText(element: XmlElement): InlayHint[] {
  const { name } = element;
  const text = textOf(element);
  const hasUnit = attribute(element, 'unit') !== undefined;
  if (!isLong(text)) return [];
  if (IN_BYTES.test(name)) return hint(textSpan(element).end, sizeInBytes(text, 'B'), '/s');
  // A unit that is not one of sizes gives no size.
  return hasUnit || IN_KIBIBYTES.has(name) ? hint(textSpan(element).end, elementSize(element)) : [];
}

function ofPair(element: XmlElement): InlayHint[] {
  const number = attribute(element, Object.hasOwn(PAIRS, element.name) ? (PAIRS[element.name] ?? '') : '');
  if (!number || !isLong(attributeValue(element, number.name))) return [];
  return hint(attributeSpan(number).end, attributeSize(element, number.name));
}

function isLong(text: string | undefined): boolean {
  return (wholeNumber(text) ?? 0) > LARGEST_READABLE;
}

/** Whether three digits tell all of it. */
function sign(bytes: number): string {
  return isRounded(bytes) ? '≈' : '=';
}

function hint(offset: number, bytes: number | undefined, per = ''): InlayHint[] {
  return bytes === undefined ? [] : [{ offset, kind: 'sizes', label: `${sign(bytes)} ${roundedSize(bytes)}${per}` }];
}
