import { wholeNumber } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, child, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { isPinned } from './usage.ts';

export const rule = defineRule<XmlAttribute>({
  id: 'cpu/topology-threads-unpinned',
  severity: 'hint',
  needs: ['topology', '@threads'],
  *find(domain) {
    const threads = attribute(child(domain.root, 'cpu', 'topology'), 'threads');
    if (!domain.isQemu || isPinned(domain)) return;
    if (threads && (wholeNumber(threads.value) ?? 1) > 1) yield threads;
  },
  say: (threads) => ({
    at: valueSpan(threads),
    message: say`\`threads='${threads.value.trim()}'\` tells the guest that vCPUs share a core, but nothing pins them to threads of one core, so its scheduler avoids the wrong CPUs. Pin pairs to sibling threads of the host, or show single threads.`,
  }),
  fix(threads, { document }) {
    const topology = threads.parent;
    const cores = wholeNumber(attributeValue(topology, 'cores'));
    if (cores === undefined) return [];
    const all = cores * Number(threads.value);
    return [
      {
        title: say`Show ${all} cores of one thread`,
        edits: [
          ...setAttribute(topology, 'cores', String(all), document),
          ...setAttribute(topology, 'threads', '1', document),
        ],
      },
    ];
  },
});
