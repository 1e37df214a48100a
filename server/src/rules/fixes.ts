/** The edits that rules of devices offer, as fixes. */
import type { Fix, TextEdit } from '../finding.ts';
import { say } from '../l10n/say.ts';
import { insertChild, removeAttribute, removeElement, setAttribute } from '../xml/edits.ts';
import { attribute, childElements } from '../xml/query.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from '../xml/tree.ts';

/** Takes away an element, with its lines; a parent of which nothing is left becomes self-closing. */
export function dropElement(element: XmlElement, document: XmlDocument, title = say`Remove <${element.name}>`): Fix {
  const { parent } = element;
  const emptied = parent && parent.name !== 'devices' && isAllOf(element, parent, document);
  if (!emptied) return { title, edits: removeElement(element, document) };
  return { title, edits: [{ start: parent.startTagEnd - 1, end: parent.end, newText: '/>' }] };
}

function isAllOf(element: XmlElement, parent: XmlElement, { comments }: XmlDocument): boolean {
  const alone = parent.children.every((node) => node === element || (node.kind === 'text' && node.value.trim() === ''));
  return alone && !comments.some(({ start }) => start > parent.start && start < parent.end);
}

/** Elements that say nothing without an attribute. */
const HOLDERS = new Set(['driver', 'backend', 'acceleration']);

/** Takes an attribute away, and with the last one an element that says nothing without any. */
export function dropAttribute(at: XmlAttribute, document: XmlDocument): Fix {
  const holder = at.parent;
  const empty = HOLDERS.has(holder.name) && holder.attributes.length === 1 && childElements(holder).length === 0;
  const edits = empty ? dropElement(holder, document).edits : removeAttribute(at, document);
  return { title: say`Remove ${at.name}`, edits };
}

/** Gives an attribute a value: "Change model to 'virtio'", or "Add model='virtio'". */
export function setValueOf(element: XmlElement, name: string, value: string, document: XmlDocument): Fix {
  const title = attribute(element, name) ? say`Change ${name} to '${value}'` : say`Add ${name}='${value}'`;
  return { title, edits: setAttribute(element, name, value, document) };
}

/** Adds a child behind the last of its elder brothers, or as the first child where none of them is there. */
export function addChild(
  parent: XmlElement,
  xml: string,
  document: XmlDocument,
  title: string,
  elders: readonly string[] = [],
): Fix {
  const elder = childElements(parent).findLast(({ name }) => elders.includes(name));
  return { title, edits: insertChild(parent, xml, document, elder ? { after: elder } : { first: true }) };
}

/** Gives an element several attributes that it lacks: one edit, or the order of those at one place would be open. */
export function addAttributes(
  element: XmlElement,
  values: Readonly<Record<string, string>>,
  document: XmlDocument,
): TextEdit[] {
  const edits = Object.entries(values).flatMap(([name, value]) => setAttribute(element, name, value, document));
  const [first, ...others] = edits;
  return first ? [{ ...first, newText: [first, ...others].map(({ newText }) => newText).join('') }] : [];
}
