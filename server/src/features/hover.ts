/** What stands under the cursor, explained: by the trade-off card where there is one, else by the documentation; and what the grammar knows. */
import { type Entity, entityAt } from '../domain/entityAt.ts';
import { describeAttribute, describeElement } from '../grammar/describe.ts';
import { laterRelease } from '../grammar/release.ts';
import { cardPath } from '../knowledge/cardPath.ts';
import { type Card, cardFor } from '../knowledge/cards.ts';
import { elementDocumentation, partDocumentation } from '../knowledge/documentation.ts';
import { firstRelease } from '../knowledge/firstRelease.ts';
import { placeOf } from '../knowledge/place.ts';
import { say } from '../l10n/say.ts';
import { nameSpan, textOf, textSpan, valueSpan } from '../xml/query.ts';
import type { Span, XmlAttribute, XmlDocument, XmlElement } from '../xml/tree.ts';
import { type Particulars, particularsOf, particularsText } from './documentationText.ts';
import { domainAround } from './documentValues.ts';
import { attributeFacts, elementFacts } from './facts.ts';
import { onHosts } from './hostWords.ts';
import { type Described, describedIn } from './presence.ts';

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
  const place = placeOf(element);
  const card = cardFor(path);
  const found = elementDocumentation(place);
  const content = partDocumentation(place, 'text');
  const own = particularsOf(found);
  const inside = particularsOf(content);
  const since = laterRelease(own.since, firstRelease(path));
  const known = describedIn(document, (grammar) => describeElement(grammar, document, element), since);
  return joined(
    `\`<${element.name}>\``,
    [
      { card, text: found?.documentation.text },
      { card: undefined, text: card ? undefined : content?.documentation.text },
    ],
    known.description && elementFacts(known.description),
    told(known, { ...own, since, default: own.default ?? inside.default, unit: own.unit ?? inside.unit }, card),
    span,
    onHosts(domainAround(document, element), element, undefined, textOf(element)),
  );
}

function ofAttribute(document: XmlDocument, attribute: XmlAttribute, span: Span): Hover | undefined {
  const { name, value, parent } = attribute;
  const isValue = span.start !== attribute.nameStart;
  const path = `${cardPath(parent)}/@${name}`;
  const place = placeOf(parent);
  const found = partDocumentation(place, `@${name}`);
  const own = particularsOf(found);
  const ofValue = isValue ? partDocumentation(place, `@${name}='${value}'`) : undefined;
  const sinceOfValue = isValue
    ? laterRelease(ofValue?.documentation.since, firstRelease(`${path}='${value}'`))
    : undefined;
  const since = laterRelease(sinceOfValue, laterRelease(own.since, firstRelease(path)));
  const card = cardFor(path);
  const cardOfValue = isValue ? cardFor(`${path}='${value}'`) : undefined;
  const known = describedIn(
    document,
    (grammar) => describeAttribute(grammar, document, parent, attribute),
    since,
    // Of a value that is one of some words, its own history is told.
    ({ values }) => !isValue || values.anyText || values.data.length > 0 || values.words.includes(value),
  );
  return joined(
    say`\`${name}\` of \`<${parent.name}>\``,
    [
      { card: cardOfValue, text: ofValue && `**\`${value}\`**: ${ofValue.documentation.text}` },
      { card, text: found?.documentation.text },
    ],
    known.description && attributeFacts(known.description),
    // The attribute's card tells when it came; a value may have come later.
    told(
      known,
      { ...own, since: sinceOfValue === undefined && card?.since !== undefined ? undefined : since },
      isValue ? cardOfValue : card,
    ),
    span,
    onHosts(domainAround(document, parent), parent, name, value.trim()),
  );
}

/** Default, unit, which releases have it, libvirt's page; what is older than the oldest schema is dated by the documentation. */
function told({ came, gone }: Described<unknown>, particulars: Particulars, card: Card | undefined): string {
  const { since, link, ...usual } = particulars;
  const release = came || particularsText({ since });
  return [particularsText(usual), card?.since === undefined && release, gone, particularsText({ link })]
    .filter(Boolean)
    .join(' ');
}

/** A card, or else a text of the documentation. */
interface Explanation {
  readonly card: Card | undefined;
  readonly text: string | undefined;
}

function joined(
  name: string,
  explanations: readonly Explanation[],
  facts: string | undefined,
  particulars: string,
  span: Span,
  hosts: string | undefined,
): Hover | undefined {
  if (facts === undefined && !explanations.some(({ card }) => card)) return undefined;
  const cards = explanations.flatMap(({ card }) => (card ? [withTitle(card, name)] : []));
  const texts = explanations.flatMap(({ card, text }) => (!card && text ? [text] : []));
  const parts = [
    ...(cards.length === 0 || texts.length > 0 ? [[name, ...texts].join('\n\n')] : []),
    ...cards,
    [facts, particulars].filter(Boolean).join('  \n'),
    hosts ?? '',
  ];
  return { markdown: parts.filter(Boolean).join('\n\n---\n\n'), span };
}

function withTitle({ title, since, markdown }: Card, name: string): string {
  const told = since === undefined ? '' : say` — since libvirt ${since}`;
  return `#### ${title}\n${name}${told}\n\n${markdown}`;
}
