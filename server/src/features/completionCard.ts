/** The trade-off card beside a completion. */

import { cardPath } from '../knowledge/cardPath.ts';
import { cardFor } from '../knowledge/cards.ts';
import type { Completion } from './completion.ts';

/** The card of what an item would write, as Markdown, or undefined where there is none. */
export function completionCard({ about: { element, name } }: Completion): string | undefined {
  if (name === '') return undefined;
  const card = cardFor(element ? `${cardPath(element)}/${name}` : name);
  return card && `**${card.title}**\n\n${card.markdown}`;
}
