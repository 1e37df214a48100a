/** Where something stands in a domain: the elements from `domain` down, each with what is known of its attributes. */
import { attribute } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';
import { domainAt } from './cardPath.ts';

export interface Place {
  readonly name: string;
  /** The values that an attribute may have there, or undefined where nothing is known of it. */
  values(attribute: string): readonly string[] | undefined;
}

/** The place of an element of a document. */
export function placeOf(element: XmlElement): Place[] {
  return domainAt(element).map((one) => ({
    name: one.name,
    values: (name) => {
      const written = attribute(one, name);
      return written && [written.value.trim()];
    },
  }));
}

/** The same for an element that is not written yet. */
export function placeIn(parent: XmlElement | null, name: string): Place[] {
  return [...(parent ? placeOf(parent) : []), { name, values: () => undefined }];
}
