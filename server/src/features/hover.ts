/** What stands under the cursor, explained: the trade-off card where there is one, and what the grammar knows. */
import { type Entity, entityAt } from '../domain/entityAt.ts';
import { grammarOf } from '../grammar/chosen.ts';
import { describeAttribute, describeElement } from '../grammar/describe.ts';
import { type Card, cardFor } from '../knowledge/cards.ts';
import { nameSpan, textSpan, valueSpan } from '../xml/query.ts';
import type { Span, XmlAttribute, XmlDocument, XmlElement } from '../xml/tree.ts';
import { cardPath } from './cardPath.ts';
import { attributeFacts, elementFacts } from './facts.ts';

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
  const known = describeElement(grammarOf(document), document, element);
  const card = cardFor(cardPath(element));
  return joined(`\`<${element.name}>\``, card ? [card] : [], known && elementFacts(known), span);
}

function ofAttribute(document: XmlDocument, attribute: XmlAttribute, span: Span): Hover | undefined {
  const known = describeAttribute(grammarOf(document), document, attribute.parent, attribute);
  const path = `${cardPath(attribute.parent)}/@${attribute.name}`;
  const ofValue = span.start === attribute.nameStart ? undefined : cardFor(`${path}='${attribute.value}'`);
  const cards = [ofValue, cardFor(path)].filter((card) => card !== undefined);
  return joined(`\`${attribute.name}\` of \`<${attribute.parent.name}>\``, cards, known && attributeFacts(known), span);
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
