/** A limit on memory and swap together that is below the limit on memory. */
import { elementSize, formatSize } from '../../domain/sizes.ts';
import { say } from '../../l10n/say.ts';
import { removeElement } from '../../xml/edits.ts';
import { textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { limitElement } from './limits.ts';
import { writeSize } from './writeSize.ts';

interface Limit {
  readonly element: XmlElement;
  readonly size: number;
}

interface Match {
  readonly hard: Limit;
  readonly swap: Limit;
}

export const rule = defineRule<Match>({
  id: 'memory/swap-limit-order',
  severity: 'warning',
  needs: ['swap_hard_limit'],
  *find(domain) {
    const [hard, swap] = ['hard_limit', 'swap_hard_limit'].map((name) => {
      const element = limitElement(domain, name);
      const size = elementSize(element);
      return element && size ? { element, size } : undefined;
    });
    if (domain.isQemu && hard && swap && swap.size < hard.size) yield { hard, swap };
  },
  say: ({ hard, swap }) => ({
    at: textSpan(swap.element),
    message: say`\`<swap_hard_limit>\` counts memory and swap together, so ${formatSize(swap.size)} can't hold the ${formatSize(hard.size)} of \`<hard_limit>\`. Make it the sum of both.`,
    related: [{ ...textSpan(hard.element), message: say`The limit on memory alone` }],
  }),
  fix({ hard, swap }, { document }) {
    const sum = hard.size + swap.size;
    return [
      {
        title: say`Raise swap_hard_limit to ${formatSize(sum)}: memory and ${formatSize(swap.size)} of swap`,
        edits: writeSize(swap.element, sum, document),
      },
      { title: say`Remove swap_hard_limit`, edits: removeElement(swap.element, document) },
    ];
  },
});
