import { hasTooManyIothreads, iothreadIds, usedIothreads } from '../../domain/iothreads.ts';
import { say } from '../../l10n/say.ts';
import { child, nameSpan, textOf, textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { lowerCount } from './repairs.ts';

export const rule = defineRule<XmlElement>({
  id: 'iothreads/too-many',
  severity: 'hint',
  needs: ['iothreads|iothreadids'],
  since: '1.2.8',
  *find(domain) {
    if (!domain.isQemu || !hasTooManyIothreads(domain)) return;
    const place = child(domain.root, 'iothreads') ?? child(domain.root, 'iothreadids');
    if (place) yield place;
  },
  say: (place, domain) => {
    const disks = domain.disks.length;
    return {
      at: textOf(place) ? textSpan(place) : nameSpan(place),
      message: say`${iothreadIds(domain)?.size} IOThreads for ${disks} ${disks === 1 ? 'disk' : 'disks'} and ${domain.vcpus} vCPUs: one for each busy disk is enough, and more than one or two for each CPU of the host only switch contexts.`,
    };
  },
  fix: (_, domain) => lowerCount(usedIothreads(domain), domain),
});
