/** Edits that write a size into the document. */
import { bytesInUnit, splitSize } from '../../domain/sizes.ts';
import type { TextEdit } from '../../finding.ts';
import { setAttribute, setText } from '../../xml/edits.ts';
import { attributeValue } from '../../xml/query.ts';
import type { XmlDocument, XmlElement } from '../../xml/tree.ts';

/** In the unit that stands there if that divides the size, else in the largest one that does. */
function inUnitOf(element: XmlElement, bytes: number): readonly [number: string, unit: string] {
  const unit = attributeValue(element, 'unit') ?? 'KiB';
  const factor = bytesInUnit(unit);
  if (factor !== undefined && bytes % factor === 0) return [`${bytes / factor}`, unit];
  const [number, best] = splitSize(bytes);
  return [`${number}`, best];
}

function unitEdits(element: XmlElement, unit: string, document: XmlDocument): TextEdit[] {
  return (attributeValue(element, 'unit') ?? 'KiB') === unit ? [] : setAttribute(element, 'unit', unit, document);
}

/** Makes an element such as `<memory unit='GiB'>4</memory>` say so many bytes. */
export function writeSize(element: XmlElement, bytes: number, document: XmlDocument): TextEdit[] {
  const [number, unit] = inUnitOf(element, bytes);
  return [...setText(element, number), ...unitEdits(element, unit, document)];
}

/** Makes a pair of attributes such as `memory='4' unit='GiB'` say so many bytes. */
export function writeAttributeSize(
  element: XmlElement,
  name: string,
  bytes: number,
  document: XmlDocument,
): TextEdit[] {
  const [number, unit] = inUnitOf(element, bytes);
  return [...setAttribute(element, name, number, document), ...unitEdits(element, unit, document)];
}
