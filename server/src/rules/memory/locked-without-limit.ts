/** Locked memory that nothing bounds. */
import type { Domain } from '../../domain/domain.ts';
import { formatSize, splitSize } from '../../domain/sizes.ts';
import type { TextEdit } from '../../finding.ts';
import { insertAfter, insertChild } from '../../xml/edits.ts';
import { child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { comfortableLimit, limitElement } from './limits.ts';

function addLimit({ root, document, memoryBacking }: Domain, limit: number): TextEdit[] {
  const [size, unit] = splitSize(limit);
  const xml = `<hard_limit unit='${unit}'>${size}</hard_limit>`;
  const memtune = child(root, 'memtune');
  if (memtune) return insertChild(memtune, xml, document);
  const whole = `<memtune>\n  ${xml}\n</memtune>`;
  return memoryBacking.element
    ? insertAfter(memoryBacking.element, whole, document)
    : insertChild(root, whole, document);
}

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
    message:
      "`<locked/>` lifts the limit on locked memory, since libvirt can't know what QEMU will need: this guest could take all memory of the host and not give it back. Bound it with `<hard_limit>` in `<memtune>`.",
  }),
  fix(_, domain) {
    if (!domain.memory) return [];
    const limit = comfortableLimit(domain.memory);
    return [{ title: `Add a hard_limit of ${formatSize(limit)}`, edits: addLimit(domain, limit) }];
  },
});
