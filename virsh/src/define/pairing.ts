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
  const stored = new Set(childElements(storedParent));
  const onlySent: XmlElement[] = [];
  const partners = new Map<XmlElement, XmlElement>();
  const candidates = childElements(sentParent).flatMap((sent, sentIndex) =>
    [...stored]
      .map((element, storedIndex) => ({
        sent,
        stored: element,
        score: likeness(sent, element),
        distance: Math.abs(sentIndex - storedIndex),
      }))
      .filter(({ score }) => score > 0),
  );
  candidates.sort((a, b) => b.score - a.score || a.distance - b.distance);
  for (const { sent, stored: element } of candidates) {
    if (partners.has(sent) || !stored.has(element)) continue;
    partners.set(sent, element);
    stored.delete(element);
  }
  const pairs: { sent: XmlElement; stored: XmlElement }[] = [];
  for (const sent of childElements(sentParent)) {
    const partner = partners.get(sent);
    if (partner) pairs.push({ sent, stored: partner });
    else onlySent.push(sent);
  }
  return { pairs, onlySent, onlyStored: [...stored] };
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

/** 0 for elements that cannot be the same. Otherwise the more the same attributes, values and texts they have, the more. */
function likeness(a: XmlElement, b: XmlElement): number {
  if (a.name !== b.name) return 0;
  const identity = identities[a.name];
  const [identityOfA, identityOfB] = [identity?.(a), identity?.(b)];
  if (identityOfA !== undefined && identityOfB !== undefined) return identityOfA === identityOfB ? 1_000_000 : 0;
  const traitsOfB = traits(b);
  const shared = traits(a).filter((trait) =>
    traitsOfB.some((other) => other.path === trait.path && isSameValue(trait.value, other.value)),
  );
  return 1 + shared.length;
}

function traits(element: XmlElement): readonly { readonly path: string; readonly value: string }[] {
  const found: { path: string; value: string }[] = [];
  for (const at of descendants(element)) {
    for (const { name, value } of at.attributes) found.push({ path: `${at.name}@${name}`, value });
    const text = textOf(at);
    if (text) found.push({ path: at.name, value: text });
  }
  return found;
}
