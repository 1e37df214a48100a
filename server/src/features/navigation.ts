/** From a name to where it is defined, and to where it is used. */
import type { Mention } from '../domain/references/site.ts';
import type { Span, XmlDocument } from '../xml/tree.ts';
import { entityUnderCursor } from './entity.ts';

export interface Highlight extends Span {
  /** It defines what the others refer to. */
  readonly isDefinition: boolean;
}

/** Every place that names what is named under the cursor. */
export function documentHighlights(document: XmlDocument, offset: number): Highlight[] {
  return (entityUnderCursor(document, offset)?.sites ?? []).map(({ start, end, role }) => ({
    start,
    end,
    isDefinition: role === 'definition',
  }));
}

/** Of mentions those that define. */
export function definitionsIn<Some extends Mention>(mentions: readonly Some[]): Some[] {
  return mentions.filter(({ role }) => role === 'definition');
}

/** Of mentions those that refer; with the definitions, where they are wanted. */
export function referencesIn<Some extends Mention>(mentions: readonly Some[], withDefinitions: boolean): Some[] {
  return mentions.filter(({ role }) => withDefinitions || role === 'reference');
}
