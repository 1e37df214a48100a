/** What libvirt made of a definition: what it dropped, changed and added, at the places in the text that was sent. */

import { parseXml } from '../../../server/src/xml/parse.ts';
import {
  attribute,
  attributeSpan,
  attributeValue,
  nameSpan,
  pathOf,
  textOf,
  textSpan,
  valueSpan,
} from '../../../server/src/xml/query.ts';
import type { Span, XmlAttribute, XmlElement } from '../../../server/src/xml/tree.ts';
import { isSameValue, sizeInBytes } from './equivalence.ts';
import { pairChildren } from './pairing.ts';

export interface Difference extends Span {
  readonly kind: 'dropped' | 'changed' | 'added';
  /** `domain/devices/disk@cache`. */
  readonly path: string;
  /** What libvirt did, in a sentence. `start` and `end` lie in the sent text; for something added, at the element that it was added to. */
  readonly message: string;
  /** libvirt's usual completion or spelling, which costs the user nothing. */
  readonly usual: boolean;
}

/** Differences in the order of the sent text. Order of elements, generated addresses, aliases and other ways to write a value are none. */
export function compareDefinition(sentXml: string, storedXml: string): readonly Difference[] {
  const sent = parseXml(sentXml);
  const stored = parseXml(storedXml);
  if (!sent.root || !stored.root) return [];
  const differences: Difference[] = [];
  const [comment] = sent.comments;
  if (comment) {
    const message = 'libvirt keeps no comments: this one and any others are only in your file.';
    differences.push({ kind: 'dropped', path: 'domain', message, usual: true, start: comment.start, end: comment.end });
  }
  compareElement(sent.root, stored.root, differences);
  return differences.sort((a, b) => a.start - b.start);
}

function compareElement(sent: XmlElement, stored: XmlElement, differences: Difference[]): void {
  const path = pathOf(sent).join('/');
  const [sentSize, storedSize] = [sizeOf(sent), sizeOf(stored)];
  const isSize = sentSize !== undefined && storedSize !== undefined;
  for (const at of sent.attributes) {
    if (!isSize || at.name !== 'unit') compareAttribute(path, at, stored, differences);
  }
  for (const { name, value } of stored.attributes) {
    if (attribute(sent, name) || name === 'id' || (name === 'unit' && isSize)) continue;
    differences.push({ ...added(`${name}='${value}'`, sent), path: `${path}@${name}` });
  }
  const isSame = isSize ? sentSize === storedSize : isSameValue(textOf(sent), textOf(stored));
  if (!isSame) differences.push({ ...changed(sizeText(sent), sizeText(stored), sent.name), path, ...textSpan(sent) });
  const { pairs, onlySent, onlyStored } = pairChildren(sent, stored);
  for (const pair of pairs) compareElement(pair.sent, pair.stored, differences);
  for (const element of onlySent) {
    const usual = isEmpty(element) || liveElements.has(element.name);
    differences.push({ ...dropped(`<${element.name}>`, usual), path: pathOf(element).join('/'), ...nameSpan(element) });
  }
  for (const element of onlyStored)
    differences.push({ ...added(`<${element.name}>`, sent), path: pathOf(element).join('/') });
}

function compareAttribute(path: string, at: XmlAttribute, stored: XmlElement, differences: Difference[]): void {
  const { name, value } = at;
  const attributePath = `${path}@${name}`;
  const kept = attributeValue(stored, name);
  if (name.startsWith('xmlns') || (kept !== undefined && isSameValue(value, kept))) return;
  if (kept === undefined) {
    const usual = emptyValues.has(value) || liveAttributes.has(attributePath);
    differences.push({ ...dropped(`${name}='${value}'`, usual), path: attributePath, ...attributeSpan(at) });
    return;
  }
  const isAlias = name === 'machine' && kept.startsWith(value === 'q35' ? 'pc-q35-' : `${value}-`);
  const change = changed(value, kept, name);
  differences.push({ ...change, usual: change.usual || isAlias, path: attributePath, ...valueSpan(at) });
}

type Told = Pick<Difference, 'kind' | 'message' | 'usual'>;

function dropped(what: string, usual: boolean): Told {
  return { kind: 'dropped', message: `libvirt dropped ${what}: it is not in the stored definition.`, usual };
}

function added(what: string, to: XmlElement): Told & Span {
  return { kind: 'added', message: `libvirt adds ${what} to <${to.name}>.`, usual: true, ...nameSpan(to) };
}

function changed(from: string, to: string, name: string): Told {
  if (to === '') return { kind: 'dropped', message: `libvirt dropped “${from}” of ${name}.`, usual: false };
  if (from === '') return { kind: 'added', message: `libvirt chose ${to} for ${name}.`, usual: true };
  return { kind: 'changed', message: `libvirt made ${to} of ${from} (${name}).`, usual: false };
}

/** Values that say what leaving the attribute out says as well: libvirt does not write them down, or does not know the attribute. */
const emptyValues = new Set(['default', 'no', 'off']);
/** What belongs to a running domain and stands in no definition. */
const liveAttributes = new Set([
  'domain@id',
  'domain/devices/disk/backingStore@index',
  'domain/devices/disk/target@tray',
]);
const liveElements = new Set(['mirror', 'imagelabel', 'alias']);

/** The bytes of an element such as `<memory unit='GiB'>4</memory>`. */
function sizeOf(element: XmlElement): number | undefined {
  const isSize = attribute(element, 'unit') !== undefined || /^(memory|currentMemory|maxMemory)$/.test(element.name);
  return isSize ? sizeInBytes(textOf(element), attributeValue(element, 'unit')) : undefined;
}

/** The element's text, with its unit where it has one. */
function sizeText(element: XmlElement): string {
  const unit = attributeValue(element, 'unit');
  return unit && textOf(element) ? `${textOf(element)} ${unit}` : textOf(element);
}

/** An element that says nothing: libvirt leaves such ones out. */
function isEmpty(element: XmlElement): boolean {
  return (
    element.attributes.length === 0 &&
    element.children.every((node) => node.kind === 'text' && node.value.trim() === '')
  );
}
