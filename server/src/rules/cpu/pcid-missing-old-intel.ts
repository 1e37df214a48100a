import { mentions, type NamedCpu, namedX86Model } from '../../domain/cpu.ts';
import { say } from '../../l10n/say.ts';
import { textSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { addFeatures } from './repairs.ts';

/** Generations whose silicon has PCID while their models do not: later models have it, earlier CPUs lack it. */
const GENERATIONS = /^(Westmere|SandyBridge|IvyBridge)/;

export const rule = defineRule<NamedCpu>({
  id: 'cpu/pcid-missing-old-intel',
  severity: 'hint',
  needs: ['cpu', 'model'],
  *find(domain) {
    const named = domain.isKvm ? namedX86Model(domain) : undefined;
    if (!named || !GENERATIONS.test(named.known.name)) return;
    if (!named.known.features.has('pcid') && !mentions(named.cpu, 'pcid')) yield named.cpu;
  },
  say: (cpu) => ({
    at: textSpan(cpu.model),
    message: say`CPU model \`${cpu.modelName}\` has no \`pcid\`, which makes the guest's protection against Meltdown expensive: each system call empties the TLB. Add the feature.`,
  }),
  fix: (cpu, { document }) => [
    {
      title: say`Add pcid with policy 'optional'`,
      edits: addFeatures(cpu, [{ name: 'pcid', policy: 'optional' }], document),
    },
  ],
});
