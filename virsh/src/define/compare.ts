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
    const message = `libvirt adds ${name}='${value}' to <${sent.name}>.`;
    differences.push({ kind: 'added', path: `${path}@${name}`, message, usual: true, ...nameSpan(sent) });
  }
  const isSame = isSize ? sentSize === storedSize : isSameValue(textOf(sent), textOf(stored));
  if (!isSame)
    differences.push({
      ...changed(sizeText(sent), sizeText(stored), sent.name),
      path,
      usual: false,
      ...textSpan(sent),
    });
  const { pairs, onlySent, onlyStored } = pairChildren(sent, stored);
  for (const pair of pairs) compareElement(pair.sent, pair.stored, differences);
  for (const element of onlySent) {
    const message = `libvirt dropped <${element.name}>: it is not in the stored definition.`;
    differences.push({
      kind: 'dropped',
      path: pathOf(element).join('/'),
      message,
      usual: isEmpty(element),
      ...nameSpan(element),
    });
  }
  for (const element of onlyStored) {
    const message = `libvirt adds <${element.name}> to <${sent.name}>.`;
    differences.push({ kind: 'added', path: pathOf(element).join('/'), message, usual: true, ...nameSpan(sent) });
  }
}

function compareAttribute(path: string, at: XmlAttribute, stored: XmlElement, differences: Difference[]): void {
  const { name, value } = at;
  const kept = attributeValue(stored, name);
  if (name.startsWith('xmlns') || (kept !== undefined && isSameValue(value, kept))) return;
  if (kept === undefined) {
    const message = `libvirt dropped ${name}='${value}': it is not in the stored definition.`;
    differences.push({
      kind: 'dropped',
      path: `${path}@${name}`,
      message,
      usual: value === 'default',
      ...attributeSpan(at),
    });
    return;
  }
  const isAlias = name === 'machine' && kept.startsWith(value === 'q35' ? 'pc-q35-' : `${value}-`);
  differences.push({ ...changed(value, kept, name), path: `${path}@${name}`, usual: isAlias, ...valueSpan(at) });
}

function changed(
  from: string,
  to: string,
  name: string,
): { readonly kind: 'changed' | 'dropped'; readonly message: string } {
  if (to === '') return { kind: 'dropped', message: `libvirt dropped “${from}” of ${name}.` };
  return {
    kind: 'changed',
    message: from === '' ? `libvirt chose ${to} for ${name}.` : `libvirt made ${to} of ${from} (${name}).`,
  };
}

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
