/** Memory that the host may merge with that of other guests. */
import { namesAccess } from '../../domain/memory.ts';
import { say } from '../../l10n/say.ts';
import { child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { addToMemoryBacking } from './shareMemory.ts';

export const rule = defineRule<XmlElement>({
  id: 'memory/ksm-page-sharing',
  severity: 'hint',
  needs: ['memory'],
  since: '1.0.6',
  *find(domain) {
    const { memoryBacking: backing, numaCells, root } = domain;
    const encrypted = child(root, 'launchSecurity') !== undefined;
    const anonymous = backing.source === undefined || backing.source.value.trim() === 'anonymous';
    if (!domain.isKvm || encrypted || !anonymous || backing.hugepages || backing.nosharepages) return;
    if (namesAccess(backing, numaCells)) return;
    const place = backing.element ?? child(root, 'memory');
    if (place) yield place;
  },
  say(place, { root }) {
    const pinned = child(root, 'numatune') ?? child(root, 'cputune', 'vcpupin');
    const advice = pinned
      ? say`This guest is pinned, and merged pages may lie on another NUMA node: add \`<nosharepages/>\`.`
      : say`Add \`<nosharepages/>\` where isolation or even latency counts more than density.`;
    return {
      at: nameSpan(place),
      message: say`Where the host runs KSM, it merges equal pages of this guest with those of others: more guests fit, for scanning time, copies at the first write, and a timing channel between tenants. ${advice}`,
      ...(pinned && { related: [{ ...nameSpan(pinned), message: say`Pinned here` }] }),
    };
  },
  fix: (_, domain) => [
    { title: say`Keep this guest out of KSM`, edits: addToMemoryBacking(domain, '<nosharepages/>') },
  ],
});
