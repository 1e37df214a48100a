/** What a new text changes of a VM, in sentences, and when each change takes effect. What libvirt fills in by itself is no change. */
import { parseXml } from '../../../server/src/xml/parse.ts';
import { attributeSpan, nameSpan, textSpan, valueSpan } from '../../../server/src/xml/query.ts';
import type { Span, XmlElement } from '../../../server/src/xml/tree.ts';
import { isAssigned } from './assigned.ts';
import { type Divergence, divergences, sizeText } from './divergences.ts';
import { type Effect, type EffectEntry, effectTable } from './effectTable.ts';
import { isHidden, shown } from './hidden.ts';
import { detailOf, nameOf, subjectOf } from './places.ts';

/** `start` and `end` lie in the new text; for something removed, at the element that it was in. */
export interface Change extends Span {
  readonly kind: 'added' | 'removed' | 'changed';
  /** `domain/devices/disk/driver@cache`. */
  readonly path: string;
  /** `Disk vda: cache changes from none to writeback.` Passwords are not in it. */
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

/** Whether two texts say the same to libvirt, down to the addresses that it has assigned. */
export function isSameDefinition(storedXml: string, newXml: string): boolean {
  const [stored, wished] = [parseXml(storedXml).root, parseXml(newXml).root];
  return stored !== null && wished !== null && divergences(stored, wished).length === 0;
}

function toChange(divergence: Divergence): Change {
  const { path, left, right } = divergence;
  switch (divergence.kind) {
    case 'attribute': {
      const { inLeft, inRight } = divergence;
      const name = inRight?.name ?? inLeft?.name ?? '';
      const [from, to] = [inLeft, inRight].map((at) => at && shown(path, at.value));
      const kind = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
      const span = inRight ? (inLeft ? valueSpan(inRight) : attributeSpan(inRight)) : nameSpan(right);
      const what = isHidden(path) ? `${name} ${kind === 'removed' ? 'goes' : 'is set'}` : movement(name, from, to);
      return { ...effectOf(path, 'changed', right), kind, path, message: sentence(right, what), ...span };
    }
    case 'text': {
      const [from, to] = [left, right].map((element) => shown(path, sizeText(element)));
      const what = isHidden(path) ? 'is changed' : movement('', from, to);
      return {
        ...effectOf(path, 'changed', right),
        kind: 'changed',
        path,
        message: sentence(right, what),
        ...textSpan(right),
      };
    }
    case 'order': {
      const message = sentence(right, `the order of <${divergence.name}> is another one`);
      return { ...effectOf(path, 'changed', right), kind: 'changed', path, message, ...nameSpan(right) };
    }
    case 'only-left':
    case 'only-right': {
      const { element } = divergence;
      const kind = divergence.kind === 'only-left' ? 'removed' : 'added';
      const span = kind === 'added' ? nameSpan(element) : nameSpan(right);
      return { ...effectOf(path, kind, element), kind, path, message: presence(element, kind), ...span };
    }
  }
}

/** `Disk vda: <driver> …`, `Memory …`. */
function sentence(element: XmlElement, what: string): string {
  const subject = subjectOf(element);
  if (subject === element)
    return `${nameOf(element)}${what.startsWith('changes') || what.startsWith('is') ? '' : ':'} ${what}.`;
  return `${nameOf(subject)}: <${element.name}> ${what}.`;
}

function movement(name: string, from: string | undefined, to: string | undefined): string {
  const subject = name === '' ? '' : `${name} `;
  if (from === undefined || from === '') return `${subject}becomes ${to}`.trim();
  if (to === undefined || to === '') return `${subject}${from} goes`.trim();
  return `${subject}changes from ${from} to ${to}`;
}

function presence(element: XmlElement, kind: 'added' | 'removed'): string {
  const verb = kind === 'added' ? 'is added' : 'is removed';
  const subject = subjectOf(element);
  const detail = isHidden(element.name) ? '' : shown(element.name, detailOf(element));
  const named = `${subject === element ? nameOf(element) : `<${element.name}>`}${detail ? ` (${detail})` : ''} ${verb}.`;
  if (subject !== element) return `${nameOf(subject)}: ${named}`;
  const parent = element.parent;
  return parent?.parent && parent.name !== 'devices' ? `<${parent.name}>: ${named}` : named;
}

function effectOf(path: string, kind: Change['kind'], element: XmlElement): Pick<Change, 'effect' | 'live' | 'remark'> {
  const entry = effectTable.find((candidate) => fits(candidate, path, kind, element));
  return { effect: entry?.effect ?? 'cold-start', live: entry?.live, remark: entry?.remark };
}

function fits({ path, kinds, only }: EffectEntry, at: string, kind: Change['kind'], element: XmlElement): boolean {
  const isBelow = at.startsWith(path) && ['/', '@'].includes(at.charAt(path.length));
  if (at !== path && !isBelow) return false;
  // A whole device that comes or goes is another matter than a change inside it.
  if (kinds && !(at === path && kinds.some((one) => one === kind))) return false;
  return only === undefined || only(subjectOf(element));
}
