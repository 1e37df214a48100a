/** What ends a tag or an element: `/>`, `>` with the end tag, and end tags. */
import { elementsAt, textValuesAt } from '../grammar/complete.ts';
import type { Grammar } from '../grammar/grammar.ts';
import { say } from '../l10n/say.ts';
import type { Span, XmlDocument, XmlElement } from '../xml/tree.ts';
import type { Completion } from './completion.ts';
import { openElementName } from './openElement.ts';

/** The end tag of the element that is open here. `before` is what is still to be written of its `</`. */
export function endTagItem(document: XmlDocument, span: Span, before: '' | '/' | '</'): Completion[] {
  const written = '</'.length - before.length;
  const name = openElementName(document.text.slice(0, span.start - written));
  if (name === undefined) return [];
  const closed = document.text.charAt(span.end) === '>' ? '' : '>';
  return [end(`${before}${name}`, { ...span, newText: before + name + closed }, undefined, before === '' ? 0 : 2)];
}

/** What may end a start tag that has no `>` yet: an empty element, or one with an end tag behind the cursor. */
export function startTagEnds(
  grammar: Grammar,
  document: XmlDocument,
  element: XmlElement,
  offset: number,
): Completion[] {
  if (element.startTagClosed || /^\s*\/?>/.test(document.text.slice(offset, offset + 16))) return [];
  const elements = elementsAt(grammar, document, element, element.startTagEnd);
  const { words, data, anyText, accepts } = textValuesAt(grammar, document, element);
  const needsContent = elements.some((one) => one.required) || (elements.length === 0 && !accepts(''));
  const canHold = elements.length > 0 || words.length > 0 || data.length > 0 || anyText;
  // The `/` may stand there already.
  const slash = document.text.charAt(offset - 1) === '/' ? offset - 1 : offset;
  const span = { start: slash, end: offset };
  const empty = end('/>', { ...span, newText: '/>' }, undefined, needsContent ? 2 : 1);
  const closing = `</${element.name}>`;
  const whole = end(`>${closing}`, { ...span, newText: `>${closing}` }, `>$0${closing}`, needsContent ? 1 : 2);
  if (slash < offset) return [empty];
  if (!canHold) return [empty];
  return needsContent ? [whole] : [empty, whole];
}

function end(
  label: string,
  edit: Completion['edit'],
  snippet: string | undefined,
  rank: Completion['rank'],
): Completion {
  return {
    label,
    kind: 'end-tag',
    edit,
    snippet,
    detail: say`end tag`,
    filter: label,
    rank,
    about: { element: null, name: '' },
  };
}
