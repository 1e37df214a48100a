import { allVcpusPinned, cpuTune } from '../../domain/cpuTune.ts';
import { say } from '../../l10n/say.ts';
import { child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlElement>({
  id: 'numa-pinning/memory-not-bound',
  severity: 'information',
  needs: ['vcpupin'],
  *find(domain) {
    const { element } = cpuTune(domain);
    if (domain.isQemu && element && allVcpusPinned(domain) && !child(domain.root, 'numatune')) yield element;
  },
  say: (tune) => ({
    at: nameSpan(tune),
    message: say`The vCPUs are pinned, and nothing says which host node their memory is taken from: on a host with several it may be the far one. Bind it with \`<numatune>\` to the node of these CPUs; on a host with one node there is nothing to do.`,
  }),
});
