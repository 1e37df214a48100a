/** Takes names and values out of valid domains and asks for them back: is what was there offered, and does what is offered fit? */
import { type Completion, completion } from '../../server/src/features/completion.ts';
import { applyEdits, type TextEdit } from '../../server/src/finding.ts';
import { domainGrammar } from '../../server/src/grammar/builtIn.ts';
import { isNamespaceBinding } from '../../server/src/grammar/names.ts';
import { Uses } from '../../server/src/grammar/usage.ts';
import { parseXml } from '../../server/src/xml/parse.ts';
import { childElements, textOf } from '../../server/src/xml/query.ts';
import type { XmlElement } from '../../server/src/xml/tree.ts';
import type { ValidDomain } from './injections.ts';
import type { Random } from './random.ts';

export interface CompletionFigures {
  /** Of what was taken out: how much there was, and how much of it is offered again. */
  asked: number;
  offered: number;
  /** Of what is offered: how much was tried, and how much of it fits. */
  tried: number;
  fitting: number;
  readonly failures: string[];
}

export type CompletionKind = 'element' | 'attribute' | 'value' | 'text';

/** A text with something taken out, and where it was. */
interface Gap {
  readonly kind: CompletionKind;
  readonly text: string;
  readonly offset: number;
  readonly wanted: string;
  /** Written around what is put in, to stand as a whole. */
  readonly putIn: (item: Completion) => readonly TextEdit[];
}

const grammar = domainGrammar();
const TRIED_ONE_IN = 10;

export function measureCompletion(
  domains: readonly ValidDomain[],
  random: Random,
): Record<CompletionKind, CompletionFigures> {
  const none = (): CompletionFigures => ({ asked: 0, offered: 0, tried: 0, fitting: 0, failures: [] });
  const figures = { element: none(), attribute: none(), value: none(), text: none() };
  for (const domain of domains)
    for (const element of domain.elements)
      for (const gap of gapsOf(domain, element)) measure(gap, figures[gap.kind], random);
  return figures;
}

function measure(gap: Gap, figures: CompletionFigures, random: Random): void {
  const document = parseXml(gap.text);
  const items = completion(document, gap.offset).filter(
    (item) => item.kind === (gap.kind === 'text' ? 'value' : gap.kind),
  );
  if (gap.kind === 'value' || gap.kind === 'text') {
    // A value that the grammar has no word for cannot be offered.
    const known = items.some((item) => item.label === gap.wanted);
    if (!known && !isWord(gap)) return;
  }
  figures.asked++;
  if (items.some((item) => item.label === gap.wanted)) figures.offered++;
  else figures.failures.push(`not offered: ${gap.wanted} in ${gap.text.slice(gap.offset - 40, gap.offset)}|`);
  // Each try is a check of the whole document.
  const item = items[random.below(items.length * TRIED_ONE_IN)];
  if (!item) return;
  figures.tried++;
  const after = parseXml(applyEdits(gap.text, gap.putIn(item)));
  const added = grammar.check(after).filter((error) => !(gap.kind === 'attribute' && error.code === 'wrong-value'));
  if (after.problems.length === 0 && added.length <= grammar.check(document).length) figures.fitting++;
  else figures.failures.push(`does not fit: ${item.label} in ${gap.text.slice(gap.offset - 60, gap.offset)}|`);
}

function isWord({ kind, wanted, text, offset }: Gap): boolean {
  if (kind === 'text') return false;
  const name = /([\w:.-]+)=['"]$/.exec(text.slice(0, offset))?.[1] ?? '';
  const element = elementAt(text, offset);
  return element !== undefined && Uses.of(element).part(`@${name}`).part(wanted).count > 0;
}

function elementAt(text: string, offset: number): XmlElement | undefined {
  let found: XmlElement | undefined;
  for (let at: XmlElement | null | undefined = parseXml(text).root; at; ) {
    found = at;
    at = childElements(at).find((child) => child.start < offset && child.end > offset);
  }
  return found;
}

function* gapsOf({ document: { text } }: ValidDomain, element: XmlElement): Generator<Gap> {
  const cut = (start: number, end: number) => text.slice(0, start) + text.slice(end);
  if (element.parent && !element.name.includes(':'))
    yield {
      kind: 'element',
      text: cut(element.start, element.end),
      offset: element.start,
      wanted: element.name,
      putIn: (item) => [{ ...item.edit, newText: plain(item) }],
    };
  // What stands in foreign namespaces may have any name.
  if (element.name.includes(':')) return;
  for (const attribute of element.attributes) {
    if (isNamespaceBinding(attribute) || attribute.name.includes(':')) continue;
    yield {
      kind: 'attribute',
      text: cut(attribute.nameStart, attribute.valueEnd + 1),
      offset: attribute.nameStart,
      wanted: attribute.name,
      putIn: (item) => [{ ...item.edit, newText: plain(item) }],
    };
    yield {
      kind: 'value',
      text: cut(attribute.valueStart, attribute.valueEnd),
      offset: attribute.valueStart,
      wanted: attribute.value,
      putIn: (item) => [item.edit],
    };
  }
  const [only, ...others] = element.children;
  if (only?.kind === 'text' && others.length === 0 && textOf(element) === only.value)
    yield {
      kind: 'text',
      text: cut(only.start, only.end),
      offset: only.start,
      wanted: only.value,
      putIn: (item) => [item.edit],
    };
}

/** A snippet with its first choices taken. */
function plain({ snippet, edit }: Completion): string {
  if (snippet === undefined) return edit.newText;
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^}]*\|\}/g, '$1')
    .replace(/\$\{\d+:((?:[^}\\]|\\.)*)\}/g, '$1')
    .replace(/\$\d/g, '')
    .replace(/\\(.)/g, '$1');
}
