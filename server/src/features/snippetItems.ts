/** Whole devices and settings among the completions, where they fit: the next free names and numbers stand in them. */
import type { Domain } from '../domain/domain.ts';
import type { RandomByte } from '../domain/fresh.ts';
import { tabbed } from '../knowledge/editorSnippets.ts';
import { allSnippets, plainText, refilled, type Snippet } from '../knowledge/snippets.ts';
import { say } from '../l10n/say.ts';
import { parseXml } from '../xml/parse.ts';
import { childElements, descendants } from '../xml/query.ts';
import type { Span, XmlElement } from '../xml/tree.ts';
import type { Completion } from './completion.ts';
import { documentValues } from './documentValues.ts';

/** What the document says for values of a new element. */
export interface Surroundings {
  readonly domain: Domain;
  readonly random: RandomByte;
}

/**
 * @param parent what they shall stand in; null for a document that is still empty
 * @param fitting names of the elements that may stand there
 * @param span what is typed already and is replaced
 * @param begun whether the `<` stands in front of it
 */
export function snippetItems(
  parent: XmlElement | null,
  fitting: readonly string[],
  span: Span,
  begun: boolean,
  surroundings: (parent: XmlElement) => Surroundings,
): Completion[] {
  const place = parent?.name ?? 'documents';
  return allSnippets()
    .filter((one) => one.place === place && elementsIn(one).every(({ name }) => fitting.includes(name)))
    .map((one) => {
      const body = parent ? withValues(one, parent, surroundings(parent)) : one.body;
      const written = (text: string): string => (begun ? text.slice(1) : text);
      return {
        label: one.name,
        kind: 'snippet',
        edit: { ...span, newText: written(plainText({ body })) },
        snippet: written(tabbed(body)),
        detail: one.title,
        filter: `${begun ? '' : '<'}${one.name}`,
        rank: 2,
        about: { element: parent, name: '' },
        documentation: documentation(one, body),
      };
    });
}

const parsed = new WeakMap<Snippet, readonly XmlElement[]>();

/** The elements that a snippet begins: one, or several brothers. */
function elementsIn(snippet: Snippet): readonly XmlElement[] {
  let elements = parsed.get(snippet);
  if (!elements) {
    const { root } = parseXml(`<${snippet.place}>${snippet.body}</${snippet.place}>`);
    elements = root ? childElements(root) : [];
    parsed.set(snippet, elements);
  }
  return elements;
}

/** Where a value is nothing but a place to fill in, what the document suggests for it. */
function withValues(snippet: Snippet, parent: XmlElement, { domain, random }: Surroundings): string {
  const texts = new Map<string, string>();
  for (const top of elementsIn(snippet)) {
    const own = top.parent;
    top.parent = parent;
    for (const element of descendants(top))
      for (const { name, value } of element.attributes) {
        const [, number] = /^\$\{(\d+):[^}]*\}$/.exec(value) ?? [];
        const suggested = number && !texts.has(number) ? documentValues(domain, element, name, random)[0] : undefined;
        if (number && suggested) texts.set(number, suggested.value);
      }
    top.parent = own;
  }
  return refilled(snippet.body, texts);
}

function documentation({ about, needs }: Snippet, body: string): string {
  const names = needs.map((one) => `\`${one.replace(/^.*\//, '')}\``);
  const companion = names.length ? [say`Goes with ${names.join(', ')}.`] : [];
  return [about, ...companion, `\`\`\`xml\n${plainText({ body })}\n\`\`\``].join('\n\n');
}
