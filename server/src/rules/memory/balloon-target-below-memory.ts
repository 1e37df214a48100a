/** A balloon target without a balloon. */
import { formatSize } from '../../domain/sizes.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, textSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { type Ballooned, balloonTarget } from './ballooned.ts';
import { writeSize } from './writeSize.ts';

export const rule = defineRule<Ballooned & { readonly model: XmlAttribute }>({
  id: 'memory/balloon-target-below-memory',
  severity: 'hint',
  needs: ['currentMemory', 'memballoon'],
  *find(domain) {
    const found = balloonTarget(domain);
    const model = attribute(found?.balloon, 'model');
    if (found && model?.value.trim() === 'none') yield { ...found, model };
  },
  say: ({ current, target, memory, model }) => ({
    at: textSpan(current),
    message: say`Without a balloon the guest keeps all ${formatSize(memory)}; \`<currentMemory>\` ${formatSize(target)} has no effect. Give it a balloon, or say what it has.`,
    related: [{ ...valueSpan(model), message: say`The balloon is switched off here` }],
  }),
  fix: ({ current, memory, model }, { document }) => [
    { title: say`Set currentMemory to ${formatSize(memory)}`, edits: writeSize(current, memory, document) },
    { title: say`Change the balloon to 'virtio'`, edits: setAttribute(model.parent, 'model', 'virtio', document) },
  ],
});
