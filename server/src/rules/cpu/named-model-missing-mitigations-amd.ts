import { textSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { type Unprotected, unprotectedAmd } from './mitigations.ts';
import { addFeatures, useHostModel } from './repairs.ts';

export const rule = defineRule<Unprotected>({
  id: 'cpu/named-model-missing-mitigations-amd',
  severity: 'warning',
  needs: ['cpu', 'model'],
  *find(domain) {
    const found = unprotectedAmd(domain);
    if (found) yield found;
  },
  say: ({ cpu, missing }) => ({
    at: textSpan(cpu.model),
    message: `CPU model \`${cpu.modelName}\` does not turn on ${missing.map((name) => `\`${name}\``).join(', ')}, so the guest cannot use the mitigations for Spectre that its host has. Add them as features, or use \`host-model\`.`,
  }),
  fix: ({ cpu, missing }, { document }) => [
    {
      title: `Add ${missing.join(', ')}`,
      edits: addFeatures(
        cpu,
        // Not every AMD host has both forms of SSBD; ibpb came with microcode to all of them.
        missing.map((name) => ({ name, policy: name === 'ibpb' ? 'require' : 'optional' })),
        document,
      ),
    },
    useHostModel(cpu, document),
  ],
});
