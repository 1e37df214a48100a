/** What stands beside a completion: the trade-off card, or else the documentation. */
import { cardPath } from '../knowledge/cardPath.ts';
import { cardFor } from '../knowledge/cards.ts';
import { elementDocumentation, partDocumentation } from '../knowledge/documentation.ts';
import { placeIn, placeOf } from '../knowledge/place.ts';
import type { Completion } from './completion.ts';
import { particularsOf, particularsText } from './documentationText.ts';

/** What an item would write, explained in Markdown, or undefined where nothing is known of it. */
export function completionCard({ kind, documentation, about: { element, name } }: Completion): string | undefined {
  if (documentation !== undefined) return documentation;
  if (name === '') return undefined;
  const card = cardFor(element ? `${cardPath(element)}/${name}` : name);
  const found =
    element && name.startsWith('@')
      ? partDocumentation(placeOf(element), name)
      : kind === 'element'
        ? elementDocumentation(placeIn(element, name))
        : undefined;
  const text = card ? `**${card.title}**\n\n${card.markdown}` : found?.documentation.text;
  if (text === undefined) return undefined;
  return [text, particularsText({ since: card?.since, ...particularsOf(found) })].filter(Boolean).join('\n\n');
}
