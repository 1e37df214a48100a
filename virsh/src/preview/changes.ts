/** What a new text changes of a VM, in sentences, and when each change takes effect. What libvirt fills in by itself is no change. */
import { say } from '../../../server/src/l10n/say.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { attributeSpan, childElements, nameSpan, textSpan, valueSpan } from '../../../server/src/xml/query.ts';
import type { Span, XmlElement } from '../../../server/src/xml/tree.ts';
import { isAssigned } from './assigned.ts';
import { type Divergence, divergences, sizeText } from './divergences.ts';
import { effectOf } from './effects.ts';
import type { Effect } from './effectTable.ts';
import { isHidden, shown } from './hidden.ts';
import { orderKey } from './identity.ts';
import { detailOf, nameOf, subjectOf } from './places.ts';

/** `start` and `end` lie in the new text; for something removed, at the element that it was in. */
export interface Change extends Span {
  readonly kind: 'added' | 'removed' | 'changed';
  /** `domain/devices/disk/driver@cache`. */
  readonly path: string;
  /** What is changed, the same for the same part of the VM in every text: `Disk vda: <driver> cache`. */
  readonly place: string;
  /** What it says before and after, as it is shown; undefined where it says nothing. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** `Disk vda: <driver> cache changes from none to writeback.` Passwords are not in it. */
  readonly message: string;
  readonly effect: Effect;
  /** The command that does it while the guest runs. */
  readonly live: string | undefined;
  /** What else to know, as a clause. */
  readonly remark: string | undefined;
}

/** Changes from a definition that libvirt keeps to another text, in the order of the first. Empty where one of them is not a domain. */
export function changesBetween(storedXml: string, newXml: string): readonly Change[] {
  const [stored, wished] = [parseXml(storedXml).root, parseXml(newXml).root];
  if (!stored || !wished) return [];
  return divergences(stored, wished)
    .filter((divergence) => !isAssigned(divergence))
    .map(toChange);
}

/** A divergence told as a change from the left text to the right one. */
export function toChange(divergence: Divergence): Change {
  const { path, left, right } = divergence;
  switch (divergence.kind) {
    case 'attribute': {
      const { inLeft, inRight } = divergence;
      const [from, to] = [inLeft, inRight].map((at) => at && shown(path, at.value));
      const kind = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
      const span = inRight ? (inLeft ? valueSpan(inRight) : attributeSpan(inRight)) : nameSpan(right);
      const place = placeOf(right, inRight?.name ?? inLeft?.name ?? '');
      return { ...effectOf(path, 'changed', right), kind, path, ...told(path, place, from, to), ...span };
    }
    case 'text': {
      const [from, to] = [left, right].map((element) => shown(path, sizeText(element)) || undefined);
      const wording = told(path, placeOf(right, ''), from, to);
      return { ...effectOf(path, 'changed', right), kind: 'changed', path, ...wording, ...textSpan(right) };
    }
    case 'order': {
      const place = placeOf(right, say`order of <${divergence.name}>`);
      const [from, to] = [left, right].map((parent) => orderOf(parent, divergence.name));
      return {
        ...effectOf(path, 'changed', right),
        kind: 'changed',
        path,
        ...told(path, place, from, to),
        ...nameSpan(right),
      };
    }
    case 'only-left':
    case 'only-right': {
      const { element } = divergence;
      const kind = divergence.kind === 'only-left' ? 'removed' : 'added';
      const span = kind === 'added' ? nameSpan(element) : nameSpan(right);
      return { ...effectOf(path, kind, element), kind, path, ...presence(element, kind), ...span };
    }
  }
}

type Wording = Pick<Change, 'place' | 'from' | 'to' | 'message'>;

function told(path: string, place: string, from: string | undefined, to: string | undefined): Wording {
  const words = { place, from, to };
  if (isHidden(path)) return { ...words, message: `${place} ${to === undefined ? 'goes' : say`is set`}.` };
  if (from === undefined) return { ...words, message: say`${place} becomes ${to}.` };
  if (to === undefined) return { ...words, message: say`${place} ${from} goes.` };
  return { ...words, message: say`${place} changes from ${from} to ${to}.` };
}

function presence(element: XmlElement, kind: 'added' | 'removed'): Wording {
  const detail = isHidden(element.name) ? '' : shown(element.name, detailOf(element));
  const place = placeOf(element, '');
  const there = detail || 'there';
  const message = say`${place}${detail ? ` (${detail})` : ''} ${kind === 'added' ? say`is added` : say`is removed`}.`;
  return { place, message, from: kind === 'removed' ? there : undefined, to: kind === 'added' ? there : undefined };
}

/** `Disk vda: <driver> cache`, `Memory`, `<features>: <apic>`. */
function placeOf(element: XmlElement, what: string): string {
  const subject = subjectOf(element);
  const parent = element.parent;
  const isDeep = parent?.parent && parent.name !== 'devices';
  const around = subject !== element ? `${nameOf(subject)}: ` : isDeep ? `${nameOf(parent)}: ` : '';
  const name = around ? `<${element.name}>` : nameOf(element);
  return `${around}${name}${what && !around ? ':' : ''} ${what}`.trim();
}

function orderOf(parent: XmlElement, name: string): string {
  return shown(name, childElements(parent, name).map(orderKey).join(', '));
}
