/** A hard limit that QEMU is likely to hit. */
import { elementSize, formatSize, roundedSize } from '../../domain/sizes.ts';
import { say } from '../../l10n/say.ts';
import { removeElement } from '../../xml/edits.ts';
import { childElements, textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { comfortableLimit, leastHeadroom, limitElement, pinsMemory } from './limits.ts';
import { writeSize } from './writeSize.ts';

interface Match {
  readonly element: XmlElement;
  readonly limit: number;
  readonly memory: number;
}

export const rule = defineRule<Match>({
  id: 'memory/hard-limit-too-low',
  severity: 'warning',
  needs: ['hard_limit'],
  *find(domain) {
    const element = limitElement(domain, 'hard_limit');
    const limit = elementSize(element);
    const { memory } = domain;
    if (!domain.isQemu || !element || !limit || !memory) return;
    if (limit < memory + leastHeadroom(domain, memory)) yield { element, limit, memory };
  },
  say({ element, limit, memory }, domain) {
    const left = limit > memory ? say`leaves ${roundedSize(limit - memory)}` : say`leaves nothing`;
    const need = pinsMemory(domain)
      ? say`With assigned devices libvirt reckons 1 GiB for that`
      : say`Nobody can foretell how much that is`;
    return {
      at: textSpan(element),
      message: say`A limit of ${formatSize(limit)} ${left} above the guest's ${formatSize(memory)} for video memory and QEMU itself; at the limit the kernel kills the guest. ${need}; raise the limit or remove it.`,
    };
  },
  fix({ element, memory }, { document, memoryBacking }) {
    const limit = comfortableLimit(memory);
    const raise = { title: say`Raise hard_limit to ${formatSize(limit)}`, edits: writeSize(element, limit, document) };
    const alone = element.parent && childElements(element.parent).length === 1;
    const remove = {
      title: say`Remove hard_limit`,
      edits: removeElement(alone && element.parent ? element.parent : element, document),
    };
    return memoryBacking.locked ? [raise] : [remove, raise];
  },
});
