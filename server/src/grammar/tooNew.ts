/** What to say of something that is right, but not in the release that a document is written for. */
import type { XmlAttribute, XmlElement } from '../xml/tree.ts';
import type { GrammarError } from './error.ts';
import { shortRelease } from './release.ts';
import { list, quoted, tag } from './words.ts';

/** An element, or one of its attributes. */
export interface Thing {
  readonly element: XmlElement;
  readonly attribute?: XmlAttribute;
}

export interface Releases {
  readonly target: string;
  /** The first that is known to take it; what is between the two is not known. */
  readonly newer: string;
  /** The one that brought it, where that is known. */
  readonly since?: string;
}

export function sayTooNew(error: GrammarError, releases: Releases): string {
  const target = shortRelease(releases.target);
  const newer = shortRelease(releases.newer);
  const owner = tag(error.owner.name);
  const isNot = (what: string): string =>
    releases.since === undefined
      ? `${what} is not in libvirt ${target}; it is in ${newer}.`
      : `${what} needs libvirt ${shortRelease(releases.since)} or newer; the target is ${target}.`;
  switch (error.code) {
    case 'unknown-attribute':
    case 'misspelt-attribute':
      return isNot(`${quoted(error.attribute.name)} of ${owner}`);
    case 'conflicting-attribute':
      return `${quoted(error.attribute.name)} does not go with what else stands in this ${owner} in libvirt ${target}; it does in ${newer}.`;
    case 'wrong-value':
      return `${quoted(error.attribute.value)} as ${quoted(error.attribute.name)} of ${owner} is not in libvirt ${target}; it is in ${newer}.`;
    case 'missing-attribute':
      return `${owner} needs the attribute ${quoted(error.name)} in libvirt ${target}; ${newer} does without it.`;
    case 'unknown-element':
    case 'misspelt-element':
      return isNot(`${tag(error.child.name)} in ${owner}`);
    case 'misplaced-element':
      return `${tag(error.child.name)} cannot stand in ${owner} in libvirt ${target}; it can in ${newer}.`;
    case 'conflicting-element':
      return `${tag(error.child.name)} does not go with what else stands in this ${owner} in libvirt ${target}; it does in ${newer}.`;
    case 'repeated-element':
      return `${tag(error.child.name)} may stand in ${owner} only once in libvirt ${target}; more often in ${newer}.`;
    case 'misordered-element':
      return `${tag(error.child.name)} must stand before ${tag(error.brother.name)} in libvirt ${target}; ${newer} takes this order.`;
    case 'missing-element':
      return `${owner} needs ${list(error.expected.map(tag), 'or')} in libvirt ${target}; ${newer} does without.`;
    case 'unexpected-text':
    case 'wrong-text':
      return `This text of ${owner} is not in libvirt ${target}; it is in ${newer}.`;
  }
}
