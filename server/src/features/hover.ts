/** What stands under the cursor, explained: the trade-off card where there is one, and what the grammar knows. */
import { type Entity, entityAt } from '../domain/entityAt.ts';
import { describeAttribute, describeElement } from '../grammar/describe.ts';
import { cardPath } from '../knowledge/cardPath.ts';
import { type Card, cardFor } from '../knowledge/cards.ts';
import { firstRelease } from '../knowledge/firstRelease.ts';
import { nameSpan, textSpan, valueSpan } from '../xml/query.ts';
import type { Span, XmlAttribute, XmlDocument, XmlElement } from '../xml/tree.ts';
import { attributeFacts, elementFacts } from './facts.ts';
import { describedIn } from './presence.ts';

export interface Hover {
  readonly markdown: string;
  /** The token that is explained. */
  readonly span: Span;
}

/** The explanation of what stands at an offset, or undefined where there is nothing to explain. */
export function hover(document: XmlDocument, offset: number): Hover | undefined {
  const entity = entityAt(document, offset);
  switch (entity.kind) {
    case 'tag-name':
      return entity.element.name === '' ? undefined : ofElement(document, entity.element, spanOfName(entity));
    case 'attribute-name':
      return ofAttribute(document, entity.attribute, {
        start: entity.attribute.nameStart,
        end: entity.attribute.nameEnd,
      });
    case 'attribute-value':
      return ofAttribute(document, entity.attribute, valueSpan(entity.attribute));
    case 'content':
      return entity.element ? ofText(document, entity.element, offset) : undefined;
    default:
      return undefined;
  }
}

function spanOfName({ element, endTag }: Extract<Entity, { kind: 'tag-name' }>): Span {
  if (!endTag) return nameSpan(element);
  return { start: element.endTagNameStart, end: element.endTagNameStart + element.name.length };
}

/** A number or word inside an element says the same as the element. */
function ofText(document: XmlDocument, element: XmlElement, offset: number): Hover | undefined {
  const span = textSpan(element);
  return offset >= span.start && offset <= span.end ? ofElement(document, element, span) : undefined;
}

function ofElement(document: XmlDocument, element: XmlElement, span: Span): Hover | undefined {
  const path = cardPath(element);
  const known = describedIn(document, (grammar) => describeElement(grammar, document, element), firstRelease(path));
  const card = cardFor(path);
  const facts = known.description && elementFacts(known.description);
  return joined(`\`<${element.name}>\``, card ? [card] : [], withReleases(facts, known.releases, card), span);
}

function ofAttribute(document: XmlDocument, attribute: XmlAttribute, span: Span): Hover | undefined {
  const { name, value, parent } = attribute;
  const isValue = span.start !== attribute.nameStart;
  const path = `${cardPath(parent)}/@${name}`;
  const known = describedIn(
    document,
    (grammar) => describeAttribute(grammar, document, parent, attribute),
    (isValue ? firstRelease(`${path}='${value}'`) : undefined) ?? firstRelease(path),
    // Of a value that is one of some words, its own history is told.
    ({ values }) => !isValue || values.anyText || values.data.length > 0 || values.words.includes(value),
  );
  const ofValue = isValue ? cardFor(`${path}='${value}'`) : undefined;
  const card = cardFor(path);
  const facts = known.description && attributeFacts(known.description);
  return joined(
    `\`${name}\` of \`<${parent.name}>\``,
    [ofValue, card].filter((one) => one !== undefined),
    withReleases(facts, known.releases, isValue ? ofValue : card),
    span,
  );
}

/** Which releases have it, unless a card says it more exactly. */
function withReleases(facts: string | undefined, releases: string, card: Card | undefined): string | undefined {
  return card?.since === undefined && releases && facts !== undefined
    ? [facts, releases].filter(Boolean).join('  \n')
    : facts;
}

function joined(name: string, cards: readonly Card[], facts: string | undefined, span: Span): Hover | undefined {
  if (cards.length === 0 && facts === undefined) return undefined;
  const parts = cards.map(({ title, since, markdown }) => {
    const told = since === undefined ? '' : ` — since libvirt ${since}`;
    return `#### ${title}\n${name}${told}\n\n${markdown}`;
  });
  if (parts.length === 0) parts.push(name);
  if (facts !== undefined && facts !== '') parts.push(facts);
  return { markdown: parts.join('\n\n---\n\n'), span };
}
