/** The two names of an element, which are edited as one. */
import { entityAt } from '../domain/entityAt.ts';
import { skipName } from '../xml/characters.ts';
import { nameSpan } from '../xml/query.ts';
import type { Span, XmlDocument } from '../xml/tree.ts';

/** A name of an element, as a pattern for editors: what is typed that fits stays linked. */
export const NAME_PATTERN = '[A-Za-z_:][\\w:.-]*';

/** The names in the start and the end tag at an offset, where there are both. */
export function linkedNames(document: XmlDocument, offset: number): readonly [Span, Span] | undefined {
  const entity = entityAt(document, offset);
  if (entity.kind !== 'tag-name') return undefined;
  const { element } = entity;
  const start = element.endTagNameStart;
  const end = start + element.name.length;
  const hasBoth =
    start >= 0 && element.name !== '' && document.text.slice(start, skipName(document.text, start)) === element.name;
  if (!hasBoth) return undefined;
  return [nameSpan(element), { start, end }];
}
