/** What `<features>` switches on, and how it is extended. */
import type { TextEdit } from '../finding.ts';
import { insertAfter, insertChild } from '../xml/edits.ts';
import { attributeValue, child, childElements } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';
import type { Domain } from './domain.ts';

/** features/NAME/…, or undefined where the document does not speak of it. */
export function feature(domain: Domain, ...path: readonly string[]): XmlElement | undefined {
  return child(domain.root, 'features', ...path);
}

/** A feature is on: it is there, and its @state, where it has one, is not 'off'. */
export function isOn(element: XmlElement | undefined): boolean {
  return element !== undefined && attributeValue(element, 'state') !== 'off';
}

/** What may stand before `<features>` in a domain as libvirt writes it, the nearest first. */
const ELDERS = ['os', 'sysinfo', 'resource', 'vcpu', 'currentMemory', 'memory', 'name'];

/** Adds to `<features>`; makes it, behind `<os>`, where it is missing. `first`: before what it holds. */
export function addFeature(domain: Domain, xml: string, first = false): TextEdit[] {
  const features = child(domain.root, 'features');
  if (features) return insertChild(features, xml, domain.document, { first });
  const elder = ELDERS.flatMap((name) => childElements(domain.root, name).at(-1) ?? [])[0];
  const lines = xml.split('\n').map((line) => `  ${line}`);
  const whole = `<features>\n${lines.join('\n')}\n</features>`;
  return elder ? insertAfter(elder, whole, domain.document) : insertChild(domain.root, whole, domain.document);
}
