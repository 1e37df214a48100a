/** What stands under the cursor, explained. */
import { entityAt } from '../domain/entityAt.ts';
import { cardFor } from '../knowledge/cards.ts';
import { pathOf } from '../xml/query.ts';
import type { Span, XmlDocument } from '../xml/tree.ts';

export interface Hover {
  readonly markdown: string;
  readonly span: Span;
}

export function hover(document: XmlDocument, offset: number): Hover | undefined {
  const entity = entityAt(document, offset);
  if (entity.kind !== 'attribute-name') return undefined;
  const card = cardFor(`${pathOf(entity.element).join('/')}/@${entity.attribute.name}`);
  return card && { markdown: card.markdown, span: { start: entity.attribute.nameStart, end: entity.attribute.nameEnd } };
}
