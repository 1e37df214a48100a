/** Which element of one text is which of the other, where several have the same name. libvirt sorts devices anew. */
import { childElements, descendants, textOf } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { isSameValue } from './equivalence.ts';
import { identityOf } from './identity.ts';

export interface Pair {
  readonly left: XmlElement;
  readonly right: XmlElement;
}

export interface Pairing {
  /** In the order of the left text. */
  readonly pairs: readonly Pair[];
  readonly onlyLeft: readonly XmlElement[];
  readonly onlyRight: readonly XmlElement[];
}

/** Pairs the children of two elements. */
export function pairChildren(left: XmlElement, right: XmlElement): Pairing {
  return pairElements(childElements(left), childElements(right));
}

/** Pairs elements of two lists: the most alike first, in document order among equals. */
export function pairElements(left: readonly XmlElement[], right: readonly XmlElement[]): Pairing {
  const partners = new Map<XmlElement, XmlElement>();
  for (const name of new Set(left.map((element) => element.name))) {
    const named = (element: XmlElement): boolean => element.name === name;
    pairNamesakes(left.filter(named), right.filter(named), partners);
  }
  const onlyRight = new Set(right);
  const pairs: Pair[] = [];
  const onlyLeft: XmlElement[] = [];
  for (const element of left) {
    const partner = partners.get(element);
    if (partner) {
      pairs.push({ left: element, right: partner });
      onlyRight.delete(partner);
    } else onlyLeft.push(element);
  }
  return { pairs, onlyLeft, onlyRight: [...onlyRight] };
}

function pairNamesakes(
  left: readonly XmlElement[],
  right: readonly XmlElement[],
  partners: Map<XmlElement, XmlElement>,
): void {
  const rightOnes = right.map(describe);
  const candidates = left.map(describe).flatMap((one, index) =>
    rightOnes.flatMap((other, otherIndex) => {
      const score = likeness(one, other);
      return score > 0 ? [{ one, other, score, distance: Math.abs(index - otherIndex) }] : [];
    }),
  );
  candidates.sort((a, b) => b.score - a.score || a.distance - b.distance);
  const taken = new Set<XmlElement>();
  for (const { one, other } of candidates) {
    if (partners.has(one.element) || taken.has(other.element)) continue;
    partners.set(one.element, other.element);
    taken.add(other.element);
  }
}

interface Described {
  readonly element: XmlElement;
  readonly identity: string | undefined;
  /** Everything that is written in it: `target@dev` → `vda`. */
  readonly traits: ReadonlyMap<string, string>;
}

function describe(element: XmlElement): Described {
  const traits = new Map<string, string>();
  for (const at of descendants(element)) {
    for (const { name, value } of at.attributes) traits.set(`${at.name}@${name}`, value);
    const text = textOf(at);
    if (text) traits.set(at.name, text);
  }
  return { element, identity: identityOf(element), traits };
}

/** 0 for elements that cannot be the same. Otherwise the more, the more of what is written in them is the same. */
function likeness(a: Described, b: Described): number {
  const haveIdentity = a.identity !== undefined && b.identity !== undefined;
  if (haveIdentity && a.identity !== b.identity) return 0;
  let shared = 1;
  for (const [path, value] of a.traits) {
    const other = b.traits.get(path);
    if (other !== undefined && isSameValue(value, other)) shared++;
  }
  // USB controllers that work together have one type and index: the rest tells them apart.
  return haveIdentity ? 1_000_000 + shared : shared;
}
