import { say } from '../../l10n/say.ts';
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
    message: say`CPU model \`${cpu.modelName}\` does not turn on ${missing.map((name) => `\`${name}\``).join(say`, `)}, so the guest cannot use the mitigations for Spectre that its host has. Add them as features, or use \`host-model\`.`,
  }),
  fix: ({ cpu, missing }, { document }) => [
    {
      title: say`Add ${missing.join(say`, `)}`,
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
