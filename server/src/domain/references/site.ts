/** Places of a document that name something which is defined in one place and referred to in others. */
import type { Span, XmlElement } from '../../xml/tree.ts';
import type { EntityKind } from './kinds.ts';

export type SiteRole = 'definition' | 'reference';

/** A mention of a name: what of a site is kept of documents that are not open. */
export interface Mention extends Span {
  readonly kind: EntityKind;
  readonly role: SiteRole;
  /** What is named, spelt in one way: numbers in decimal, of a controller with its type (`pci 3`), UUIDs in small letters. */
  readonly name: string;
  /** Of a range (`0-3`): its last number; `name` is the first. */
  readonly last?: number;
  /** What the name belongs to where it is unique only there: the network of a port group, the pool of a volume. */
  readonly within?: string;
  /**
   * A definition that no text names: by a count that defines many (`<iothreads>4</iothreads>`), or by the order of elements
   * without an index, each of which defines one.
   */
  readonly implied?: 'count' | 'order';
  /** The quote around the name, or '' for text between tags: how what is written there must be escaped. */
  readonly quote: '"' | "'" | '';
}

export interface Site extends Mention {
  /** The element that stands for the thing, or that refers to it. */
  readonly element: XmlElement;
}

/** Something that can be defined and referred to. */
export interface Entity {
  readonly kind: EntityKind;
  readonly name: string;
  readonly within?: string | undefined;
}

/** Whether a mention is one of an entity, alone or in a range. Where one of the two does not say what it belongs to, the name decides. */
export function isOf(mention: Mention, { kind, name, within }: Entity): boolean {
  if (mention.kind !== kind) return false;
  if (mention.within !== undefined && within !== undefined && mention.within !== within) return false;
  if (mention.name === name) return true;
  if (mention.last === undefined) return false;
  const number = Number(name);
  return number >= Number(mention.name) && number <= mention.last;
}
