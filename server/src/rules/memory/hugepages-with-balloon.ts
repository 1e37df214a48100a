/** A balloon target for a guest whose pages are all taken at start. */
import { usesHugePages } from '../../domain/memory.ts';
import { formatSize } from '../../domain/sizes.ts';
import { say } from '../../l10n/say.ts';
import { removeElement } from '../../xml/edits.ts';
import { attributeValue, nameSpan, textSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { type Ballooned, balloonTarget } from './ballooned.ts';
import { writeSize } from './writeSize.ts';

export const rule = defineRule<Ballooned>({
  id: 'memory/hugepages-with-balloon',
  severity: 'warning',
  needs: ['hugepages'],
  *find(domain) {
    const found = usesHugePages(domain.memoryBacking) ? balloonTarget(domain) : undefined;
    if (!found || attributeValue(found.balloon, 'model') === 'none') return;
    if (attributeValue(found.balloon, 'freePageReporting') !== 'on') yield found;
  },
  say({ current, target, memory }, { memoryBacking: { hugepages } }) {
    return {
      at: textSpan(current),
      message: say`Ballooning down to ${formatSize(target)} frees nothing: the huge pages for all ${formatSize(memory)} are taken at start, and the balloon gives back single 4 KiB pages. Let the guest have its memory.`,
      ...(hugepages && { related: [{ ...nameSpan(hugepages), message: say`Static huge pages` }] }),
    };
  },
  fix: ({ current, memory }, { document }) => [
    { title: say`Set currentMemory to ${formatSize(memory)}`, edits: writeSize(current, memory, document) },
    { title: say`Remove currentMemory`, edits: removeElement(current, document) },
  ],
});
