/** Memory that a balloon shall free, and that devices of the host keep. */
import { hostDevices, isVfio } from '../../domain/hostDevices.ts';
import { formatSize } from '../../domain/sizes.ts';
import { say } from '../../l10n/say.ts';
import { attributeValue, nameSpan, textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { type Ballooned, balloonTarget } from '../memory/ballooned.ts';
import { writeSize } from '../memory/writeSize.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<Ballooned & { readonly device: XmlElement }>({
  id: 'passthrough-vfio/balloon',
  severity: 'warning',
  needs: ['currentMemory', 'hostdev|interface'],
  *find(domain) {
    const device = hostDevices(domain).find(isVfio)?.element;
    const found = device && balloonTarget(domain);
    // Without a balloon memory/balloon-target-below-memory says it.
    if (found && attributeValue(found.balloon, 'model') !== 'none') yield { ...found, device };
  },
  say: ({ current, target, memory, device }) => ({
    at: textSpan(current),
    message: say`The assigned device may write to any of the guest's memory, so all ${formatSize(memory)} are pinned and QEMU keeps the balloon from growing: the target of ${formatSize(target)} frees nothing.`,
    related: [{ ...nameSpan(device), message: say`Pins the memory` }],
  }),
  fix: ({ current, memory }, { document }) => [
    { title: say`Set currentMemory to ${formatSize(memory)}`, edits: writeSize(current, memory, document) },
  ],
});
