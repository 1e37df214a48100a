/** What the names and values of a document are, for colouring. */
import { grammarOf } from '../grammar/chosen.ts';
import type { Grammar } from '../grammar/grammar.ts';
import { skipName } from '../xml/characters.ts';
import { nameSpan, textOf, textSpan } from '../xml/query.ts';
import type { Span, XmlDocument, XmlElement } from '../xml/tree.ts';
import { kindOfAttribute, kindOfText, type ValueKind } from './valueKind.ts';

export type TokenKind = 'element' | 'attribute' | ValueKind;

export interface SemanticToken extends Span {
  readonly kind: TokenKind;
}

/** In document order, each within one line; of values those that are more than text. With a part, what touches that. */
export function semanticTokens(
  document: XmlDocument,
  part: Span = { start: 0, end: document.text.length },
): SemanticToken[] {
  const { root, text } = document;
  const tokens = root ? ofElement(root, document, grammarOf(document), part) : [];
  return tokens.filter(({ start, end }) => start < end && !/[\r\n]/.test(text.slice(start, end)));
}

function ofElement(element: XmlElement, document: XmlDocument, grammar: Grammar, part: Span): SemanticToken[] {
  if (element.end < part.start || element.start > part.end) return [];
  const { endTagNameStart: end, children } = element;
  const tokens = [...ofStartTag(element, document, grammar), ...ofText(element, document, grammar)];
  for (const child of children)
    if (child.kind === 'element' && child.name !== '')
      for (const token of ofElement(child, document, grammar, part)) tokens.push(token);
  if (end >= 0) tokens.push({ kind: 'element', start: end, end: skipName(document.text, end) });
  return tokens;
}

function ofStartTag(element: XmlElement, document: XmlDocument, grammar: Grammar): SemanticToken[] {
  const tokens: SemanticToken[] = [{ kind: 'element', ...nameSpan(element) }];
  for (const attribute of element.attributes) {
    tokens.push({ kind: 'attribute', start: attribute.nameStart, end: attribute.nameEnd });
    const kind = kindOfAttribute(grammar, document, attribute);
    if (kind !== 'text' && attribute.valueStart >= 0)
      tokens.push({ kind, start: attribute.valueStart, end: attribute.valueEnd });
  }
  return tokens;
}

/** The text of an element that holds nothing else. */
function ofText(element: XmlElement, document: XmlDocument, grammar: Grammar): SemanticToken[] {
  const text = textOf(element);
  if (text === '' || element.children.some((node) => node.kind === 'element')) return [];
  const span = textSpan(element);
  // What is written with entities or CDATA is not what it says.
  if (document.text.slice(span.start, span.end) !== text) return [];
  const kind = kindOfText(grammar, document, element, text);
  return kind === 'text' ? [] : [{ kind, ...span }];
}
