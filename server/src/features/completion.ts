/** What may stand at the cursor: elements, attributes, values, text and end tags, by the grammar. */
import { entityAt } from '../domain/entityAt.ts';
import type { TextEdit } from '../finding.ts';
import { grammarOf } from '../grammar/chosen.ts';
import {
  type AttributeSuggestion,
  attributesAt,
  attributeValuesAt,
  type ElementSuggestion,
  elementsAt,
  textValuesAt,
  type ValueSuggestions,
} from '../grammar/complete.ts';
import { quoteStyle } from '../xml/edits.ts';
import { childElements, textSpan } from '../xml/query.ts';
import type { Span, XmlAttribute, XmlDocument, XmlElement } from '../xml/tree.ts';
import { openElementName } from './openElement.ts';
import { snippetChoice, snippetOf } from './snippetText.ts';

export interface Completion {
  readonly label: string;
  readonly kind: 'element' | 'attribute' | 'value' | 'end-tag';
  /** What the label alone writes. */
  readonly edit: TextEdit;
  /** The same as a snippet with places to fill in, for editors that know snippets. */
  readonly snippet: string | undefined;
  /** A quiet word behind the label. */
  readonly detail: string;
  /** What editors filter by, where that is more than the label. */
  readonly filter: string;
  /** 0 before 1 before 2; the same: in the given order. */
  readonly rank: 0 | 1 | 2;
  /** Where in the knowledge its card stands: a path as cards have it. */
  readonly about: { readonly element: XmlElement | null; readonly name: string };
}

/** Everything that fits at an offset. */
export function completion(document: XmlDocument, offset: number): Completion[] {
  const entity = entityAt(document, offset);
  const endTag = /<\/[\w:.-]*$/.exec(document.text.slice(Math.max(0, offset - 64), offset));
  if (endTag && entity.kind !== 'comment')
    return endTags(document, { start: offset - endTag[0].length + 2, end: offset });
  switch (entity.kind) {
    case 'tag-name':
      return tagNames(document, entity.element, offset);
    case 'start-tag':
      return attributeNames(document, entity.element, { start: offset, end: offset });
    case 'attribute-name':
      return attributeNames(document, entity.element, nameOf(entity.attribute), entity.attribute);
    case 'attribute-value':
      return attributeValues(document, entity.attribute);
    case 'content':
      return content(document, entity.element, offset);
    case 'comment':
      return [];
  }
}

function tagNames(document: XmlDocument, element: XmlElement, offset: number): Completion[] {
  const span = { start: element.nameStart, end: Math.max(element.nameEnd, offset) };
  const suggested = elementsAt(grammarOf(document), document, element.parent, element.start, element);
  // A tag that goes on keeps what it has; only a bare name is completed to a whole element.
  const isBare = !element.startTagClosed && element.attributes.length === 0;
  return suggested.map((one) => elementItem(one, element.parent, span, isBare ? '' : undefined));
}

function content(document: XmlDocument, element: XmlElement | null, offset: number): Completion[] {
  const here = { start: offset, end: offset };
  const elements = elementsAt(grammarOf(document), document, element, offset).map((one) =>
    elementItem(one, element, here, '<'),
  );
  if (!element || childElements(element).length > 0) return elements;
  const text = textSpan(element);
  const span = offset >= text.start && offset <= text.end && text.start >= element.startTagEnd ? text : here;
  return [...valueItems(textValuesAt(grammarOf(document), document, element), element, '', span), ...elements];
}

/** `before` is what must be written in front of the name; undefined: the name alone is exchanged. */
function elementItem(
  { name, required, skeleton }: ElementSuggestion,
  parent: XmlElement | null,
  span: Span,
  before: '' | '<' | undefined,
): Completion {
  const whole = before === undefined ? null : skeleton();
  return {
    label: name,
    kind: 'element',
    edit: { ...span, newText: `${before ?? ''}${name}` },
    // The `<` may stand there already.
    snippet: whole === null ? undefined : snippetOf(before === '' ? whole.slice(1) : whole),
    detail: required ? 'required' : '',
    filter: `${before ?? ''}${name}`,
    rank: required ? 0 : 1,
    about: { element: parent, name },
  };
}

function attributeNames(document: XmlDocument, element: XmlElement, span: Span, replaced?: XmlAttribute): Completion[] {
  const quote = quoteStyle(element, document);
  const keepsValue = replaced !== undefined && replaced.equals >= 0;
  // Right behind a quote or the tag's name an attribute needs a blank before it.
  const blank = !replaced && /\S/.test(document.text.charAt(span.start - 1)) ? ' ' : '';
  return attributesAt(grammarOf(document), document, element, replaced).map((one) => ({
    label: one.name,
    kind: 'attribute',
    edit: { ...span, newText: keepsValue ? one.name : `${blank}${one.name}=${quote}${quote}` },
    snippet: keepsValue ? undefined : `${blank}${one.name}=${quote}${placeholder(one)}${quote}`,
    detail: one.required ? 'required' : '',
    filter: one.name,
    rank: one.required ? 0 : 1,
    about: { element, name: `@${one.name}` },
  }));
}

/** A choice of the words, or an empty place. */
function placeholder({ values }: AttributeSuggestion): string {
  return snippetChoice(values.data.length === 0 && !values.anyText ? values.words : []);
}

function attributeValues(document: XmlDocument, attribute: XmlAttribute): Completion[] {
  const values = attributeValuesAt(grammarOf(document), document, attribute.parent, attribute);
  const span = { start: attribute.valueStart, end: attribute.valueEnd };
  return valueItems(values, attribute.parent, `@${attribute.name}`, span);
}

function valueItems(values: ValueSuggestions, element: XmlElement, name: string, span: Span): Completion[] {
  const item = (word: string, rank: 1 | 2): Completion => ({
    label: word,
    kind: 'value',
    edit: { ...span, newText: word },
    snippet: undefined,
    detail: rank === 2 ? 'with other attributes' : '',
    filter: word,
    rank,
    about: { element, name: name && `${name}='${word}'` },
  });
  return [...values.words.map((word) => item(word, 1)), ...values.otherWords.map((word) => item(word, 2))];
}

/** The element that is open here, to be closed. */
function endTags(document: XmlDocument, span: Span): Completion[] {
  const name = openElementName(document.text.slice(0, span.start - '</'.length));
  if (name === undefined) return [];
  const closed = document.text.charAt(span.end) === '>' ? '' : '>';
  return [
    {
      label: name,
      kind: 'end-tag',
      edit: { ...span, newText: name + closed },
      snippet: undefined,
      detail: 'end tag',
      filter: name,
      rank: 0,
      about: { element: null, name: '' },
    },
  ];
}

function nameOf(attribute: XmlAttribute): Span {
  return { start: attribute.nameStart, end: attribute.nameEnd };
}
