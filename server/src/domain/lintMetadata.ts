/** Our own elements in a domain's metadata, and how they name devices. */
import { attribute, attributeValue, child, childElements } from '../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../xml/tree.ts';

/** It names our elements, and is no address of anything. */
export const NAMESPACE = 'https://virtlint.github.io/xmlns/lint/1.0';

/** Our element in the metadata of a document. */
export function lintElement(root: XmlElement): XmlElement | undefined {
  const metadata = child(root, 'metadata');
  return metadata && childElements(metadata).find((one) => isOurs(one, 'lint'));
}

/** Whether an element is the one of this name in our namespace. */
export function isOurs(element: XmlElement, name: string): boolean {
  const colon = element.name.indexOf(':');
  return (
    element.name.slice(colon + 1) === name &&
    namespaceOf(element, element.name.slice(0, Math.max(colon, 0))) === NAMESPACE
  );
}

function namespaceOf(element: XmlElement, prefix: string): string | undefined {
  const name = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
  for (let at: XmlElement | null = element; at; at = at.parent) {
    const bound = attributeValue(at, name);
    if (bound !== undefined) return bound;
  }
  return undefined;
}

/** The names by which a suppression can pick a device, surest first. */
export function deviceNames(device: XmlElement): string[] {
  return [
    attributeValue(child(device, 'alias'), 'name'),
    attributeValue(child(device, 'target'), 'dev'),
    attributeValue(child(device, 'mac'), 'address'),
  ].filter((name): name is string => name !== undefined && name !== '');
}

/** The device that a suppression picks by a name. */
export function deviceNamed(name: string, root: XmlElement | null): XmlElement | undefined {
  const devices = root ? child(root, 'devices') : undefined;
  return devices && childElements(devices).find((device) => deviceNames(device).includes(name));
}

/** The `device='…'` of every suppression that picks a device by a name. */
export function suppressedBy(name: string, root: XmlElement): XmlAttribute[] {
  const holder = lintElement(root);
  return (holder ? childElements(holder) : [])
    .filter((element) => isOurs(element, 'suppress') && attributeValue(element, 'device') === name)
    .flatMap((element) => attribute(element, 'device') ?? []);
}
