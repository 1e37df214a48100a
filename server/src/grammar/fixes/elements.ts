/** Repairs of child elements: rename, remove, move, add. */
import { say } from '../../l10n/say.ts';
import { insertAfter, insertBefore, insertChild, renameElement } from '../../xml/edits.ts';
import { childElements, descendants, pathOf } from '../../xml/query.ts';
import type { XmlDocument, XmlElement } from '../../xml/tree.ts';
import { closest } from '../closest.ts';
import type { Examination } from '../examination.ts';
import { mentionedElements, named } from '../following.ts';
import { Uses } from '../usage.ts';
import { lastResort, otherDecisions, removal } from './attributes.ts';
import { type Candidate, type ErrorOf, mostAlternatives } from './candidate.ts';
import { mergeEdits } from './merge.ts';
import { moveEdits, snippetOf } from './move.ts';
import { skeleton } from './skeleton.ts';

export function* misspeltElement({ child, expected }: ErrorOf<'misspelt-element'>, { document }: Examination) {
  yield* renames(child, expected);
  yield removal(child, document);
}

export function* unknownElement(
  { child, owner, expected }: ErrorOf<'unknown-element' | 'misplaced-element'>,
  examination: Examination,
) {
  yield* moves(child, owner, examination);
  yield removal(child, examination.document);
  yield* renames(child, closest(child.name, expected));
}

export function* conflictingElement(error: ErrorOf<'conflicting-element'>, examination: Examination) {
  const { child, owner, brother } = error;
  if (!brother) yield* otherDecisions(examination.keepingOut(error), examination.document);
  yield removal(child, examination.document);
  if (brother) yield removal(brother, examination.document);
  yield* moves(child, owner, examination);
  yield* renames(child, closest(child.name, error.expected));
}

export function* repeatedElement({ child, owner, first }: ErrorOf<'repeated-element'>, examination: Examination) {
  const merged = mergeEdits(first, child, examination.document);
  if (merged) yield { title: say`Merge with the first <${first.name}>`, edits: merged };
  yield removal(child, examination.document);
  yield { ...removal(first, examination.document), title: say`Remove the first <${first.name}>` };
  yield* moves(child, owner, examination);
}

export function* misorderedElement({ child, brother }: ErrorOf<'misordered-element'>, { document }: Examination) {
  yield {
    title: say`Move <${child.name}> before <${brother.name}>`,
    edits: moveEdits(child, insertBefore(brother, snippetOf(child, document), document), document),
  };
  yield removal(child, document);
}

export function* missingElement(
  { owner, declaration, expected }: ErrorOf<'missing-element'>,
  examination: Examination,
) {
  const { document, judge } = examination;
  const known = mentionedElements(declaration.content);
  const order = [...judge.names.written(owner, known.byName.keys())];
  const texts = new Set<string>();
  const uses = Uses.of(owner);
  for (const name of uses.ranked(expected, (one) => one).slice(0, 2 * mostAlternatives))
    for (const one of named(known, judge.names.ofElement({ ...owner, name, parent: owner, attributes: [] }))) {
      const text = skeleton(one, name, uses.part(name));
      if (text === null || texts.has(text)) continue;
      texts.add(text);
      yield {
        title: say`Add <${name}>`,
        edits: insertInOrder(owner, name, text, order, examination),
        toFill: true,
      };
    }
  if (owner.parent) yield lastResort(owner, document);
}

function* renames(child: XmlElement, names: readonly string[]): Generator<Candidate> {
  for (const name of names.slice(0, mostAlternatives))
    yield { title: say`Rename <${child.name}> to <${name}>`, edits: renameElement(child, name) };
}

/** To the elements of the document that an element of this name may stand in, where there are few. */
function* moves(child: XmlElement, owner: XmlElement, examination: Examination): Generator<Candidate> {
  const { document } = examination;
  const homes = new Set(examination.homes(child));
  if (!document.root || !homes.size) return;
  const places: XmlElement[] = [];
  for (const element of descendants(document.root)) {
    const inside = element.start >= child.start && element.end <= child.end;
    if (homes.has(element.name) && element !== owner && !inside) places.push(element);
    if (places.length > mostAlternatives) return;
  }
  for (const place of places) {
    const snippet = snippetOf(child, document);
    yield {
      title: say`Move <${child.name}> into ${pathInWords(place, places, document)}`,
      edits: moveEdits(child, insertChild(place, snippet, document), document),
    };
  }
}

/** The path of an element; with its line where another of the places has the same path. */
function pathInWords(place: XmlElement, places: readonly XmlElement[], { text }: XmlDocument): string {
  const path = pathOf(place).join('/');
  if (!places.some((other) => other !== place && pathOf(other).join('/') === path)) return path;
  return say`${path} in line ${text.slice(0, place.start).split('\n').length}`;
}

/** After the last brother that the grammar names no later than the new child. */
function insertInOrder(
  owner: XmlElement,
  name: string,
  text: string,
  order: readonly string[],
  { document }: Examination,
) {
  const rank = order.indexOf(name);
  const before = childElements(owner).filter((one) => one.name && order.indexOf(one.name) <= rank);
  const last = before.at(-1);
  return last ? insertAfter(last, text, document) : insertChild(owner, text, document, { first: true });
}
