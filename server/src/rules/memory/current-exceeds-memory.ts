/** A balloon target above the memory that the guest has. */
import { elementSize, formatSize } from '../../domain/sizes.ts';
import { say } from '../../l10n/say.ts';
import { child, nameSpan, textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { writeSize } from './writeSize.ts';

interface Match {
  readonly current: XmlElement;
  readonly wanted: number;
  readonly memory: number;
}

export const rule = defineRule<Match>({
  id: 'memory/current-exceeds-memory',
  severity: 'warning',
  needs: ['currentMemory'],
  *find({ root, memory }) {
    const current = child(root, 'currentMemory');
    const wanted = elementSize(current);
    if (current && wanted && memory && wanted > memory) yield { current, wanted, memory };
  },
  say({ current, wanted, memory }, { root, numaCells }) {
    const told = numaCells[0] ?? child(root, 'memory');
    return {
      at: textSpan(current),
      message: say`\`<currentMemory>\` ${formatSize(wanted)} is more than the guest's ${formatSize(memory)}. libvirt cuts it down without a word; raise the memory or lower this.`,
      ...(told && { related: [{ ...nameSpan(told), message: say`The guest has ${formatSize(memory)}` }] }),
    };
  },
  fix({ current, wanted, memory }, { root, document, numaCells }) {
    const lower = {
      title: say`Lower currentMemory to ${formatSize(memory)}`,
      edits: writeSize(current, memory, document),
    };
    const told = child(root, 'memory');
    if (!told || numaCells.length > 0) return [lower];
    return [{ title: say`Raise memory to ${formatSize(wanted)}`, edits: writeSize(told, wanted, document) }, lower];
  },
});
