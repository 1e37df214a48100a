/** What to say of something that is right, but not in the release that a document is written for. */
import { say } from '../l10n/say.ts';
import type { XmlAttribute, XmlElement } from '../xml/tree.ts';
import type { GrammarError } from './error.ts';
import { shortRelease } from './release.ts';
import { list, quoted, tag } from './words.ts';

/** An element, one of its attributes, or what one of them says. */
export interface Thing {
  readonly element: XmlElement;
  readonly attribute?: XmlAttribute;
  readonly value?: string;
}

/** The libvirt release that brought something, where more is known than which schemas have it. */
export type SinceWhen = (thing: Thing) => string | undefined;

export interface Releases {
  readonly target: string;
  /** The first that is known to take it; what is between the two is not known. */
  readonly newer: string;
}

/** Errors that say no more than that the target knows no such thing. */
const codes = [
  'unknown-attribute',
  'misspelt-attribute',
  'wrong-value',
  'unknown-element',
  'misspelt-element',
] as const;
type NewThingError = Extract<GrammarError, { readonly code: (typeof codes)[number] }>;

function isOfNewThing(error: GrammarError): error is NewThingError {
  return codes.some((code) => code === error.code);
}

/** What the target does not know, if that is all that is wrong. */
export function newThing(error: GrammarError): Thing | undefined {
  return isOfNewThing(error) ? thingOf(error) : undefined;
}

function thingOf(error: NewThingError): Thing {
  if ('child' in error) return { element: error.child };
  const { owner: element, attribute } = error;
  return { element, attribute, ...(error.code === 'wrong-value' && { value: attribute.value }) };
}

/** @param since, target releases such as `9.5.0` */
export function sayNeeds(thing: Thing, since: string, target: string): string {
  return say`${named(thing)} needs libvirt ${shortRelease(since)} or newer; the target is ${shortRelease(target)}.`;
}

function named({ element, attribute, value }: Thing): string {
  if (!attribute) return element.parent ? say`${tag(element.name)} in ${tag(element.parent.name)}` : tag(element.name);
  const name = say`${quoted(attribute.name)} of ${tag(element.name)}`;
  return value === undefined ? name : say`${quoted(value)} as ${name}`;
}

export function sayTooNew(error: GrammarError, releases: Releases): string {
  const target = shortRelease(releases.target);
  const newer = shortRelease(releases.newer);
  const owner = tag(error.owner.name);
  if (isOfNewThing(error)) return say`${named(thingOf(error))} is not in libvirt ${target}; it is in ${newer}.`;
  switch (error.code) {
    case 'conflicting-attribute':
      return say`${quoted(error.attribute.name)} does not go with what else stands in this ${owner} in libvirt ${target}; it does in ${newer}.`;
    case 'missing-attribute':
      return say`${owner} needs the attribute ${quoted(error.name)} in libvirt ${target}; ${newer} does without it.`;
    case 'misplaced-element':
      return say`${tag(error.child.name)} cannot stand in ${owner} in libvirt ${target}; it can in ${newer}.`;
    case 'conflicting-element':
      return say`${tag(error.child.name)} does not go with what else stands in this ${owner} in libvirt ${target}; it does in ${newer}.`;
    case 'repeated-element':
      return say`${tag(error.child.name)} may stand in ${owner} only once in libvirt ${target}; more often in ${newer}.`;
    case 'misordered-element':
      return say`${tag(error.child.name)} must stand before ${tag(error.brother.name)} in libvirt ${target}; ${newer} takes this order.`;
    case 'missing-element':
      return say`${owner} needs ${list(error.expected.map(tag), 'or')} in libvirt ${target}; ${newer} does without.`;
    case 'unexpected-text':
    case 'wrong-text':
      return say`This text of ${owner} is not in libvirt ${target}; it is in ${newer}.`;
  }
}
