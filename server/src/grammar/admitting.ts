/** Whether what stands in an element goes with a start tag: nothing in it is wrong, though something may still be missing. */
import type { XmlElement } from '../xml/tree.ts';
import { closeAttributes, derivativeByAny } from './derivative.ts';
import { elementsOf, named } from './following.ts';
import { textWithoutElements } from './judge.ts';
import type { Pattern } from './pattern.ts';
import type { Readings } from './readings.ts';
import { isBlank } from './values.ts';

/** @param left what the attributes leave; more attributes may be missing, and then nothing speaks against the content */
export function admits(readings: Readings, left: Pattern, element: XmlElement): boolean {
  const { judge, grammar } = readings;
  if (left === grammar.pool.notAllowed) return false;
  const content = closeAttributes(grammar.pool, left);
  // A start tag that is not closed yet has taken who knows what for its content.
  if (content === grammar.pool.notAllowed || !element.startTagClosed) return true;
  const text = textWithoutElements(element.children);
  if (text !== null) return isBlank(text) || judge.acceptsText(content, text);
  let rest = content;
  for (const child of element.children) {
    if (child.kind === 'text' || !child.name) continue;
    const candidates = named(elementsOf(rest), judge.names.ofElement(child));
    rest = derivativeByAny(
      grammar.pool,
      rest,
      candidates.filter((one) => judge.accepts(child, one)),
    );
    if (rest === grammar.pool.notAllowed) return false;
  }
  return true;
}

/** The items that go with the content; all of them where none does: then something else is wrong. */
export function fitting<Item>(items: readonly Item[], fits: (item: Item) => boolean): readonly Item[] {
  const kept = items.filter(fits);
  return kept.length ? kept : items;
}
