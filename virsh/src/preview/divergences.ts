/** Every place at which two texts of a domain differ in meaning. Order, blanks and other ways to write the same value are none. */
import { attribute, attributeValue, childElements, pathOf, textOf } from '../../../server/src/xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../../server/src/xml/tree.ts';
import { isSameValue, sizeInBytes } from './equivalence.ts';
import { isOrdered, orderKey } from './identity.ts';
import { pairChildren } from './pairing.ts';

interface Place {
  /** `domain/devices/disk`, for an attribute `domain/devices/disk@type`. */
  readonly path: string;
  /** The element in both texts; for one that is in one text only, its parents. */
  readonly left: XmlElement;
  readonly right: XmlElement;
}

export interface AttributeDivergence extends Place {
  readonly kind: 'attribute';
  readonly inLeft?: XmlAttribute;
  readonly inRight?: XmlAttribute;
}

export type Divergence =
  | AttributeDivergence
  | (Place & { readonly kind: 'text' })
  /** The elements whose order means something stand in another one. */
  | (Place & { readonly kind: 'order'; readonly name: string })
  | (Place & { readonly kind: 'only-left' | 'only-right'; readonly element: XmlElement });

/** In the order of the left text, what is only in the right one after its brothers. */
export function divergences(left: XmlElement, right: XmlElement): readonly Divergence[] {
  const found: Divergence[] = [];
  compare(left, right, found);
  return found;
}

function compare(left: XmlElement, right: XmlElement, found: Divergence[]): void {
  const path = pathOf(left).join('/');
  const [leftSize, rightSize] = [sizeOf(left), sizeOf(right)];
  const areSizes = leftSize !== undefined && rightSize !== undefined;
  compareAttributes(path, left, right, areSizes, found);
  const isSame = areSizes ? leftSize === rightSize : isSameValue(textOf(left), textOf(right));
  if (!isSame) found.push({ kind: 'text', path, left, right });
  const { pairs, onlyLeft, onlyRight } = pairChildren(left, right);
  for (const pair of pairs) compare(pair.left, pair.right, found);
  for (const name of misplaced(left, right)) found.push({ kind: 'order', path: `${path}/${name}`, left, right, name });
  for (const element of onlyLeft)
    found.push({ kind: 'only-left', path: `${path}/${element.name}`, left, right, element });
  for (const element of onlyRight) {
    found.push({ kind: 'only-right', path: `${path}/${element.name}`, left, right, element });
  }
}

function compareAttributes(
  path: string,
  left: XmlElement,
  right: XmlElement,
  areSizes: boolean,
  found: Divergence[],
): void {
  const isUnit = (name: string): boolean => name === 'unit' && (areSizes || sizeAttributeOf(left) !== undefined);
  const matters = ({ name }: XmlAttribute): boolean => !name.startsWith('xmlns') && !isUnit(name);
  for (const inLeft of left.attributes.filter(matters)) {
    const inRight = attribute(right, inLeft.name);
    if (inRight && (isSameValue(inLeft.value, inRight.value) || isSameSize(inLeft, inRight))) continue;
    const place = { kind: 'attribute', path: `${path}@${inLeft.name}`, left, right, inLeft } as const;
    found.push(inRight ? { ...place, inRight } : place);
  }
  for (const inRight of right.attributes.filter(matters)) {
    if (attribute(left, inRight.name)) continue;
    found.push({ kind: 'attribute', path: `${path}@${inRight.name}`, left, right, inRight });
  }
}

/** Names of children whose order means something and is another one, although the same ones are there. */
export function misplaced(left: XmlElement, right: XmlElement): readonly string[] {
  const names = new Set(
    childElements(left)
      .filter(isOrdered)
      .map(({ name }) => name),
  );
  return [...names].filter((name) => {
    const [keys, others] = [left, right].map((parent) => childElements(parent, name).map(orderKey));
    const common = new Set(keys?.filter((key) => others?.includes(key)));
    const inCommon = (key: string): boolean => common.has(key);
    return keys?.filter(inCommon).join('\n') !== others?.filter(inCommon).join('\n');
  });
}

/** The attribute that the unit beside it belongs to: `<page size='2' unit='MiB'/>`. */
function sizeAttributeOf(element: XmlElement): XmlAttribute | undefined {
  return attribute(element, 'size') ?? (element.name === 'cell' ? attribute(element, 'memory') : undefined);
}

function isSameSize(left: XmlAttribute, right: XmlAttribute): boolean {
  if (left !== sizeAttributeOf(left.parent) || right !== sizeAttributeOf(right.parent)) return false;
  const [one, other] = [left, right].map(({ value, parent }) => sizeInBytes(value, attributeValue(parent, 'unit')));
  return one !== undefined && one === other;
}

/** The bytes of an element such as `<memory unit='GiB'>4</memory>`. */
export function sizeOf(element: XmlElement): number | undefined {
  const isSize =
    attribute(element, 'unit') !== undefined || /^(memory|currentMemory|maxMemory|\w+_limit)$/.test(element.name);
  return isSize ? sizeInBytes(textOf(element), attributeValue(element, 'unit')) : undefined;
}

/** An element that says nothing: libvirt leaves such ones out. */
export function isEmpty(element: XmlElement): boolean {
  return (
    element.attributes.length === 0 &&
    element.children.every((node) => node.kind === 'text' && node.value.trim() === '')
  );
}

/** The element's text, with its unit where it has one. */
export function sizeText(element: XmlElement): string {
  const unit = attributeValue(element, 'unit');
  return unit && textOf(element) ? `${textOf(element)} ${unit}` : textOf(element);
}
