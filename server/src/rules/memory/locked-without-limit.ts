/** Locked memory that nothing bounds. */
import { formatSize } from '../../domain/sizes.ts';
import { say } from '../../l10n/say.ts';
import { nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { addLimit, comfortableLimit, limitElement } from './limits.ts';

export const rule = defineRule<XmlElement>({
  id: 'memory/locked-without-limit',
  severity: 'warning',
  needs: ['locked'],
  since: '1.0.6',
  find(domain) {
    const { locked } = domain.memoryBacking;
    return domain.isQemu && locked && !limitElement(domain, 'hard_limit') ? [locked] : [];
  },
  say: (locked) => ({
    at: nameSpan(locked),
    message: say`\`<locked/>\` lifts the limit on locked memory, since libvirt can't know what QEMU will need: this guest could take all memory of the host and not give it back. Bound it with \`<hard_limit>\` in \`<memtune>\`.`,
  }),
  fix(_, domain) {
    if (!domain.memory) return [];
    const limit = comfortableLimit(domain.memory);
    return [{ title: say`Add a hard_limit of ${formatSize(limit)}`, edits: addLimit(domain, limit) }];
  },
});
