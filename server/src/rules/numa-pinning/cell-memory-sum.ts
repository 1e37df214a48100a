import { elementSize, formatSize, MEBIBYTE } from '../../domain/sizes.ts';
import { say } from '../../l10n/say.ts';
import { child, textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { writeSize } from '../memory/writeSize.ts';
import { defineRule } from '../rule.ts';

interface Difference {
  readonly memory: XmlElement;
  readonly told: number;
  readonly sum: number;
}

export const rule = defineRule<Difference>({
  id: 'numa-pinning/cell-memory-sum',
  severity: 'warning',
  needs: ['cell', 'memory'],
  *find(domain) {
    const memory = child(domain.root, 'memory');
    const told = elementSize(memory);
    const sum = domain.numaCells.length > 0 ? domain.memory : undefined;
    if (!domain.isQemu || !memory || told === undefined || sum === undefined) return;
    // Sizes are rounded, cell by cell.
    if (Math.abs(told - sum) > MEBIBYTE * (domain.numaCells.length + domain.memoryModules.length))
      yield { memory, told, sum };
  },
  say: ({ memory, told, sum }, { numaCells, memoryModules }) => ({
    at: textSpan(memory),
    message: say`The guest gets ${formatSize(sum)}, the sum of its ${numaCells.length === 1 ? 'cell' : 'cells'}${memoryModules.length > 0 ? say` and memory modules` : ''}, not ${formatSize(told)}: libvirt overwrites \`<memory>\` with it. Write the sum, or change the cells.`,
    related: numaCells.map((cell) => ({ start: cell.nameStart, end: cell.nameEnd, message: say`A cell` })),
  }),
  fix: ({ memory, sum }, { document }) => [
    { title: say`Change memory to ${formatSize(sum)}`, edits: writeSize(memory, sum, document) },
  ],
});
