/** What rules ask of a video device, read from its element. */
import { attributeValue, child } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';
import type { Domain } from './domain.ts';

export interface Video {
  readonly element: XmlElement;
  readonly model: XmlElement | undefined;
  /** model/@type, or undefined where libvirt chooses. */
  readonly type: string | undefined;
  /** The one that firmware uses: the one marked so, else the first. */
  readonly isPrimary: boolean;
}

/** In document order. */
export function videos(domain: Domain): readonly Video[] {
  return domain.keep('videos', () => {
    const elements = domain.devices('video');
    const marked = elements.find(isMarked) ?? elements[0];
    return elements.map((element) => {
      const model = child(element, 'model');
      return { element, model, type: attributeValue(model, 'type'), isPrimary: element === marked };
    });
  });
}

/** Marked as primary in the document. */
export function isMarked(video: XmlElement): boolean {
  return attributeValue(child(video, 'model'), 'primary') === 'yes';
}
