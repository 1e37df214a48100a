import { formatSize, GIBIBYTE } from '../../domain/sizes.ts';
import { say } from '../../l10n/say.ts';
import { child, nameSpan, textSpan } from '../../xml/query.ts';
import type { Span } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

/** More than one node of a common two-socket server has to spare. */
const MANY_VCPUS = 32;
const MUCH_MEMORY = 128 * GIBIBYTE;

export const rule = defineRule<Span>({
  id: 'numa-pinning/large-guest-without-cells',
  severity: 'hint',
  *find(domain) {
    const { vcpus = 0, memory = 0 } = domain;
    const vcpu = child(domain.root, 'vcpu');
    const told = child(domain.root, 'memory');
    if (!domain.isQemu || domain.numaCells.length > 0) return;
    if (vcpus >= MANY_VCPUS && vcpu) yield textSpan(vcpu);
    else if (memory >= MUCH_MEMORY && told) yield nameSpan(told);
  },
  say: (at, { vcpus, memory }) => ({
    at,
    message: say`A guest of ${vcpus ?? 1} vCPUs${memory === undefined ? '' : say` and ${formatSize(memory)}`} hardly fits one node of a host, and sees none of them: its kernel cannot keep tasks near their memory. Show it cells (\`<numa>\` in \`<cpu>\`), each bound to a node; CERN gained some 9 % so.`,
  }),
});
