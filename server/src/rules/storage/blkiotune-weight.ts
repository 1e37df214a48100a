import { say } from '../../l10n/say.ts';
import { child, childElements, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlElement>({
  id: 'storage/blkiotune-weight',
  severity: 'information',
  since: '0.8.8',
  needs: ['blkiotune', 'weight'],
  find(domain) {
    const tune = domain.isQemu ? child(domain.root, 'blkiotune') : undefined;
    if (!tune) return [];
    return [tune, ...childElements(tune, 'device')].flatMap((holder) => childElements(holder, 'weight'));
  },
  say: (weight) => ({
    at: nameSpan(weight),
    message: say`A weight counts only where the host schedules the disk with BFQ: on a host without it the guest does not start, and on disks with another scheduler nothing happens. Limits in \`<iotune>\` work with any scheduler.`,
  }),
  fix: (weight, { document }) => [dropElement(weight, document)],
});
