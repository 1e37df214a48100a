/** Which element of one definition is which of the other, where several have the same name. libvirt sorts devices anew. */
import { attributeValue, child, childElements, descendants, textOf } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { isSameValue } from './equivalence.ts';

export interface Pairing {
  readonly pairs: readonly { readonly sent: XmlElement; readonly stored: XmlElement }[];
  readonly onlySent: readonly XmlElement[];
  readonly onlyStored: readonly XmlElement[];
}

/** Pairs the children of two elements: the most alike first, in document order among equals. */
export function pairChildren(sentParent: XmlElement, storedParent: XmlElement): Pairing {
  const partners = new Map<XmlElement, XmlElement>();
  const sentElements = childElements(sentParent);
  const stored = new Set(childElements(storedParent));
  for (const name of new Set(sentElements.map((element) => element.name))) {
    pairNamesakes(childElements(sentParent, name), childElements(storedParent, name), partners);
  }
  const pairs: { sent: XmlElement; stored: XmlElement }[] = [];
  const onlySent: XmlElement[] = [];
  for (const sent of sentElements) {
    const partner = partners.get(sent);
    if (partner) {
      pairs.push({ sent, stored: partner });
      stored.delete(partner);
    } else onlySent.push(sent);
  }
  return { pairs, onlySent, onlyStored: [...stored] };
}

function pairNamesakes(
  sent: readonly XmlElement[],
  stored: readonly XmlElement[],
  partners: Map<XmlElement, XmlElement>,
): void {
  const [only, storedOnly] = [sent[0], stored[0]];
  if (only && storedOnly && sent.length === 1 && stored.length === 1) {
    if (likeness(describe(only), describe(storedOnly)) > 0) partners.set(only, storedOnly);
    return;
  }
  const storedOnes = stored.map(describe);
  const candidates = sent.map(describe).flatMap((one, index) =>
    storedOnes.flatMap((other, otherIndex) => {
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

/** What makes a device the same device, whatever else changes. */
const identities: Readonly<Record<string, (element: XmlElement) => string | undefined>> = {
  disk: (disk) => attributeValue(child(disk, 'target'), 'dev'),
  interface: (networkInterface) => attributeValue(child(networkInterface, 'mac'), 'address')?.toLowerCase(),
  controller: (controller) => {
    const [type, index] = [attributeValue(controller, 'type'), attributeValue(controller, 'index')];
    return type && index ? `${type} ${index}` : undefined;
  },
  feature: (feature) => attributeValue(feature, 'name'),
  timer: (timer) => attributeValue(timer, 'name'),
  cell: (cell) => attributeValue(cell, 'id'),
};

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
  return { element, identity: identities[element.name]?.(element), traits };
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
