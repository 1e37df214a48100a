/** What may stand at the cursor: elements, attributes, values, text and the ends of tags, by the grammar and by the document. */
import type { Domain } from '../domain/domain.ts';
import { entityAt } from '../domain/entityAt.ts';
import type { RandomByte } from '../domain/fresh.ts';
import type { TextEdit } from '../finding.ts';
import { grammarOf } from '../grammar/chosen.ts';
import {
  attributesAt,
  attributeValuesAt,
  type ElementSuggestion,
  elementsAt,
  textValuesAt,
} from '../grammar/complete.ts';
import type { Grammar } from '../grammar/grammar.ts';
import { Uses } from '../grammar/usage.ts';
import { childElements, textSpan } from '../xml/query.ts';
import type { Span, XmlAttribute, XmlDocument, XmlElement } from '../xml/tree.ts';
import { attributeItem, byRank, elementItem, valueItems } from './completionItems.ts';
import { documentValues, domainAround } from './documentValues.ts';
import { filledElement } from './filledElement.ts';
import { hostValues } from './hostWords.ts';
import { elementToContinue } from './openElement.ts';
import { snippetItems } from './snippetItems.ts';
import { endTagItem, startTagEnds } from './tagEnds.ts';

export interface Completion {
  readonly label: string;
  readonly kind: 'element' | 'attribute' | 'value' | 'end-tag' | 'snippet';
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
  /** Markdown of its own, instead of what the knowledge has. */
  readonly documentation?: string;
}

/** What completion needs besides the document. */
export interface CompletionContext {
  readonly grammar: Grammar;
  /** For fresh addresses. */
  readonly random: RandomByte;
}

const systemRandom: RandomByte = () => crypto.getRandomValues(new Uint8Array(1))[0] ?? 0;

/** Everything that fits at an offset, likeliest first. */
export function completion(
  document: XmlDocument,
  offset: number,
  context: Partial<CompletionContext> = {},
): Completion[] {
  const { grammar = grammarOf(document), random = systemRandom } = context;
  return byRank(new CompletionAt(document, offset, { grammar, random }).items());
}

class CompletionAt {
  readonly #document: XmlDocument;
  readonly #offset: number;
  readonly #context: CompletionContext;
  #read: Domain | undefined;
  constructor(document: XmlDocument, offset: number, context: CompletionContext) {
    this.#document = document;
    this.#offset = offset;
    this.#context = context;
  }

  items(): Completion[] {
    const offset = this.#offset;
    const entity = entityAt(this.#document, offset);
    const endTag = /<\/[\w:.-]*$/.exec(this.#document.text.slice(Math.max(0, offset - 64), offset));
    if (endTag && entity.kind !== 'comment')
      return endTagItem(this.#document, { start: offset - endTag[0].length + '</'.length, end: offset }, '');
    switch (entity.kind) {
      case 'tag-name':
        return this.#tagNames(entity.element);
      case 'start-tag':
        return this.#startTag(entity.element);
      case 'attribute-name':
        return this.#attributeNames(entity.element, entity.attribute);
      case 'attribute-value':
        return this.#attributeValues(entity.attribute);
      case 'content':
        return this.#content(elementToContinue(this.#document, entity.element, offset));
      case 'comment':
        return [];
    }
  }

  #tagNames(element: XmlElement): Completion[] {
    const span = { start: element.nameStart, end: Math.max(element.nameEnd, this.#offset) };
    // A tag that goes on keeps what it has; only a bare name is completed to a whole element.
    const isBare = !element.startTagClosed && element.attributes.length === 0;
    const { parent } = element;
    const fitting = this.#elements(parent, element.start, element);
    const names = fitting.map((one) =>
      elementItem(one, parent, span, isBare ? '' : undefined, (whole) => this.#filled(whole, parent)),
    );
    const snippets = isBare ? this.#snippets(parent, fitting, span, true) : [];
    const ends = element.name === '' ? endTagItem(this.#document, span, '/') : [];
    return [...names, ...snippets, ...ends];
  }

  #content(element: XmlElement | null): Completion[] {
    const here = { start: this.#offset, end: this.#offset };
    // A `<` that the tree has no element for.
    const begun = this.#document.text.charAt(this.#offset - 1) === '<';
    const values = element ? textValuesAt(this.#context.grammar, this.#document, element) : undefined;
    const isForText = values && (values.anyText || values.data.length > 0 || values.words.length > 0);
    // Where no text may stand, a word is the beginning of an element.
    const typed = isForText ? here : { start: this.#offset - this.#wordBefore().length, end: this.#offset };
    const fitting = this.#elements(element, this.#offset);
    const elements = [
      ...fitting.map((one) =>
        elementItem(one, element, typed, begun ? '' : '<', (whole) => this.#filled(whole, element)),
      ),
      ...this.#snippets(element, fitting, typed, begun),
    ];
    if (!element || !values) return [...elements, ...endTagItem(this.#document, here, begun ? '/' : '</')];
    const isOpen = !element.selfClosing && element.endTagStart < 0;
    const ends = isOpen ? endTagItem(this.#document, here, '</') : [];
    if (childElements(element).length > 0) return [...elements, ...ends];
    const text = textSpan(element);
    const isText = this.#offset >= text.start && this.#offset <= text.end && text.start >= element.startTagEnd;
    return [
      ...valueItems(values, this.#suggested(element, undefined), element, '', isText ? text : here),
      ...elements,
      ...ends,
    ];
  }

  #startTag(element: XmlElement): Completion[] {
    // `name=` with nothing behind it yet.
    const begun = element.attributes.find(
      ({ equals, valueStart }) =>
        equals >= 0 &&
        valueStart < 0 &&
        equals < this.#offset &&
        this.#document.text.slice(equals + 1, this.#offset).trim() === '',
    );
    if (begun) return this.#attributeValues(begun);
    const slash = /\/\s*$/.test(this.#document.text.slice(element.nameEnd, this.#offset));
    const names = slash ? [] : this.#attributeNames(element);
    return [...names, ...startTagEnds(this.#context.grammar, this.#document, element, this.#offset)];
  }

  #attributeNames(element: XmlElement, replaced?: XmlAttribute): Completion[] {
    const { grammar } = this.#context;
    const span = replaced
      ? { start: replaced.nameStart, end: replaced.nameEnd }
      : { start: this.#offset, end: this.#offset };
    const attributes = attributesAt(grammar, this.#document, element, replaced);
    return Uses.of(element)
      .ranked(attributes, (one) => one.name, '@')
      .map((one) =>
        attributeItem(one, element, this.#document, span, replaced, () =>
          this.#suggested(element, one.name)
            .map(({ value }) => value)
            .find(one.values.accepts),
        ),
      );
  }

  #attributeValues(attribute: XmlAttribute): Completion[] {
    const { parent, name } = attribute;
    const values = attributeValuesAt(this.#context.grammar, this.#document, parent, attribute);
    const isQuoted = attribute.quote !== '';
    const span = isQuoted
      ? { start: attribute.valueStart, end: attribute.valueEnd }
      : { start: attribute.equals + 1, end: Math.max(attribute.valueEnd, this.#offset) };
    const items = valueItems(values, this.#suggested(parent, name), parent, `@${name}`, span);
    return isQuoted ? items : items.map((item) => quoted(item));
  }

  #snippets(
    parent: XmlElement | null,
    fitting: readonly ElementSuggestion[],
    span: Span,
    begun: boolean,
  ): Completion[] {
    // A document has one root.
    if (!parent && this.#document.root && this.#document.root.start < span.start - 1) return [];
    const names = fitting.map(({ name }) => name);
    const { random } = this.#context;
    return snippetItems(parent, names, span, begun, (around) => ({ domain: this.#domain(around), random }));
  }

  #wordBefore(): string {
    return /[\w-]*$/.exec(this.#document.text.slice(Math.max(0, this.#offset - 64), this.#offset))?.[0] ?? '';
  }

  #elements(parent: XmlElement | null, offset: number, except?: XmlElement) {
    const all = elementsAt(this.#context.grammar, this.#document, parent, offset, except);
    return Uses.of(parent).ranked(all, (one) => one.name);
  }

  #suggested(element: XmlElement, attribute: string | undefined) {
    const domain = this.#domain(element);
    const ofHosts = hostValues(domain, element, attribute);
    const own = documentValues(domain, element, attribute, this.#context.random);
    // What a host has says more than that it is used here already.
    const known = new Set(ofHosts.map(({ value }) => value));
    return [...ofHosts, ...own.filter(({ value }) => !known.has(value))];
  }

  /** Read once: a list of new elements asks it many times. */
  #domain(element: XmlElement): Domain {
    this.#read ??= domainAround(this.#document, element);
    return this.#read;
  }

  /** A new element with what the document suggests in it. */
  #filled(whole: string, parent: XmlElement | null): string {
    return parent ? filledElement(whole, parent, this.#domain(parent), this.#context.random) : whole;
  }
}

function quoted(item: Completion): Completion {
  return { ...item, edit: { ...item.edit, newText: `'${item.edit.newText}'` }, filter: item.label };
}
