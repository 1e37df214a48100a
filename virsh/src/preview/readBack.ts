/** What libvirt made of a definition: what it dropped, changed and added, at the places in the text that was sent. */
import { say } from '../../../server/src/l10n/say.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { attributeSpan, nameSpan, textSpan, valueSpan } from '../../../server/src/xml/query.ts';
import type { Span, XmlElement } from '../../../server/src/xml/tree.ts';
import { type AttributeDivergence, type Divergence, divergences, isEmpty, sizeText } from './divergences.ts';
import { isMachineAlias } from './equivalence.ts';
import { isUnstored } from './unstored.ts';

export interface Difference extends Span {
  readonly kind: 'dropped' | 'changed' | 'added';
  /** `domain/devices/disk@cache`. */
  readonly path: string;
  /** What libvirt did, in a sentence. `start` and `end` lie in the sent text; for something added, at the element that it was added to. */
  readonly message: string;
  /** libvirt's usual completion or spelling, which costs the user nothing. */
  readonly usual: boolean;
  /** Where the stored text has it, or the nearest element around what it lacks. */
  readonly stored: Span;
}

/** Differences in the order of the sent text. Order of elements, generated addresses, aliases and other ways to write a value are none. */
export function compareDefinition(sentXml: string, storedXml: string): readonly Difference[] {
  const sent = parseXml(sentXml);
  const stored = parseXml(storedXml);
  if (!sent.root || !stored.root) return [];
  const differences = divergences(sent.root, stored.root).flatMap((divergence) => told(divergence) ?? []);
  const [comment] = sent.comments;
  if (comment) {
    const message = say`libvirt keeps no comments: this one and any others are only in your file.`;
    const { start, end } = comment;
    const whereStored = nameSpan(stored.root);
    differences.push({ kind: 'dropped', path: 'domain', message, usual: true, start, end, stored: whereStored });
  }
  return differences.sort((a, b) => a.start - b.start);
}

function told(divergence: Divergence): Difference | undefined {
  const { path, left: sent, right: stored } = divergence;
  const here = { path, stored: nameSpan(stored) };
  switch (divergence.kind) {
    case 'attribute':
      return attributeTold(divergence);
    case 'text': {
      const change = changed(sizeText(sent), sizeText(stored), sent.name);
      return { ...here, ...change, ...textSpan(sent), stored: textSpan(stored) };
    }
    case 'order':
      return { ...here, ...changed(say`the order`, say`another order`, divergence.name), ...nameSpan(sent) };
    case 'only-left': {
      const { element } = divergence;
      const isUsual = isEmpty(element) || isUnstored(path, element);
      return { ...here, ...dropped(`<${element.name}>`, isUsual), ...nameSpan(element) };
    }
    case 'only-right': {
      const { element } = divergence;
      return { ...here, ...added(`<${element.name}>`, sent), stored: nameSpan(element) };
    }
  }
}

function attributeTold({ path, left, right, inLeft, inRight }: AttributeDivergence): Difference | undefined {
  if (!inLeft) {
    if (!inRight || inRight.name === 'id') return undefined;
    return { path, stored: valueSpan(inRight), ...added(`${inRight.name}='${inRight.value}'`, left) };
  }
  const { name, value } = inLeft;
  if (!inRight) {
    const isUsual = emptyValues.has(value) || isUnstored(path, value);
    return { path, stored: nameSpan(right), ...dropped(`${name}='${value}'`, isUsual), ...attributeSpan(inLeft) };
  }
  const change = changed(value, inRight.value, name);
  const isUsual = change.usual || isMachineAlias(name, value, inRight.value);
  return { path, stored: valueSpan(inRight), ...change, usual: isUsual, ...valueSpan(inLeft) };
}

type Told = Pick<Difference, 'kind' | 'message' | 'usual'>;

function dropped(what: string, usual: boolean): Told {
  return { kind: 'dropped', message: say`libvirt dropped ${what}: it is not in the stored definition.`, usual };
}

function added(what: string, to: XmlElement): Told & Span {
  return { kind: 'added', message: say`libvirt adds ${what} to <${to.name}>.`, usual: true, ...nameSpan(to) };
}

function changed(from: string, to: string, name: string): Told {
  if (to === '') return { kind: 'dropped', message: say`libvirt dropped “${from}” of ${name}.`, usual: false };
  if (from === '') return { kind: 'added', message: say`libvirt chose ${to} for ${name}.`, usual: true };
  return { kind: 'changed', message: say`libvirt made ${to} of ${from} (${name}).`, usual: false };
}

/** Values that say what leaving the attribute out says as well: libvirt does not write them down, or does not know the attribute. */
const emptyValues = new Set(['default', 'no', 'off']);
