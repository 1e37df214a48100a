/** Suggestions of the grammar and of the document as items of a completion list. */
import type { AttributeSuggestion, ElementSuggestion, ValueSuggestions } from '../grammar/complete.ts';
import { Uses } from '../grammar/usage.ts';
import { say } from '../l10n/say.ts';
import { escapeAttribute, escapeText, quoteStyle } from '../xml/edits.ts';
import type { Span, XmlAttribute, XmlDocument, XmlElement } from '../xml/tree.ts';
import type { Completion } from './completion.ts';
import type { DocumentValue } from './documentValues.ts';
import { snippetChoice, snippetOf } from './snippetText.ts';

/** In the order of rank, and within one as given. */
export function byRank(items: readonly Completion[]): Completion[] {
  return [...items].sort((a, b) => a.rank - b.rank);
}

/**
 * @param before what must be written in front of the name; undefined: the name alone is exchanged
 * @param filled puts what the document suggests into a new element
 */
export function elementItem(
  { name, required, skeleton }: ElementSuggestion,
  parent: XmlElement | null,
  span: Span,
  before: '' | '<' | undefined,
  filled: (whole: string) => string,
): Completion {
  const smallest = before === undefined ? null : skeleton();
  const whole = smallest === null ? null : filled(smallest);
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

/** @param suggested a value that the document suggests for a new attribute */
export function attributeItem(
  one: AttributeSuggestion,
  element: XmlElement,
  document: XmlDocument,
  span: Span,
  replaced: XmlAttribute | undefined,
  suggested: () => string | undefined,
): Completion {
  const quote = quoteStyle(element, document);
  const keepsValue = replaced !== undefined && replaced.equals >= 0;
  // Right behind a quote or the tag's name an attribute needs a blank before it, and one right before a name behind it.
  const before = !replaced && /\S/.test(document.text.charAt(span.start - 1)) ? ' ' : '';
  const after = !replaced && /[\w:]/.test(document.text.charAt(span.end)) ? ' ' : '';
  const assigned = (value: string) => `${before}${one.name}=${quote}${value}${quote}${after}`;
  return {
    label: one.name,
    kind: 'attribute',
    edit: { ...span, newText: keepsValue ? one.name : assigned('') },
    snippet: keepsValue ? undefined : assigned(placeholder(one, element, suggested)),
    detail: one.required ? 'required' : '',
    filter: one.name,
    rank: one.required ? 0 : 1,
    about: { element, name: `@${one.name}` },
  };
}

/** A choice of the words, what the document suggests, or an empty place. */
function placeholder(
  { name, values }: AttributeSuggestion,
  element: XmlElement,
  suggested: () => string | undefined,
): string {
  if (values.words.length > 0 && values.data.length === 0 && !values.anyText)
    return snippetChoice(
      Uses.of(element)
        .part(`@${name}`)
        .ranked(values.words, (word) => word),
    );
  const value = suggested();
  return value === undefined ? snippetChoice([]) : `\${1:${value.replace(/[\\$}]/g, '\\$&')}}`;
}

/**
 * What the document suggests, then words by their use. Where a value is changed, those as well that go with another start tag
 * or content: one of the two has to be changed first.
 */
export function valueItems(
  values: ValueSuggestions,
  suggested: readonly DocumentValue[],
  element: XmlElement,
  name: string,
  span: Span,
): Completion[] {
  const escaped = (value: string) => (name ? escapeAttribute(value, '"').replaceAll("'", '&apos;') : escapeText(value));
  const item = (word: string, rank: 0 | 1 | 2, detail: string): Completion => ({
    label: word,
    kind: 'value',
    edit: { ...span, newText: escaped(word) },
    snippet: undefined,
    detail,
    filter: word,
    rank,
    about: { element, name: name && `${name}='${word}'` },
  });
  const known = new Set([...values.words, ...values.otherWords]);
  const isNew = (value: string) => values.accepts(value) && !known.has(value);
  const uses = name ? Uses.of(element).part(name) : Uses.of(element);
  const mark = name ? '' : '=';
  const ranked = (words: readonly string[]) => uses.ranked(words, (word) => word, mark);
  return [
    ...suggested.filter(({ value }) => isNew(value)).map(({ value, detail }) => item(value, 0, detail)),
    // What the grammar takes as data may still be one of few words in practice.
    ...ranked([...values.words, ...uses.names(mark).filter(isNew)]).map((word) => item(word, 1, '')),
    ...(span.end > span.start
      ? ranked(values.otherWords).map((word) => item(word, 2, say`with other attributes`))
      : []),
  ];
}
