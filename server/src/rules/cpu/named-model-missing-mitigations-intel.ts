import { say } from '../../l10n/say.ts';
import { textSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { type Unprotected, unprotectedIntel } from './mitigations.ts';
import { addFeatures, useHostModel } from './repairs.ts';

export const rule = defineRule<Unprotected>({
  id: 'cpu/named-model-missing-mitigations-intel',
  severity: 'warning',
  needs: ['cpu', 'model'],
  *find(domain) {
    const found = unprotectedIntel(domain);
    if (found) yield found;
  },
  say: ({ cpu, missing }) => ({
    at: textSpan(cpu.model),
    message: say`CPU model \`${cpu.modelName}\` does not turn on ${missing.map((name) => `\`${name}\``).join(say`, `)}, so the guest cannot use the mitigations for Spectre and MDS that its host has. Add them as features, or use \`host-model\`.`,
  }),
  fix: ({ cpu, missing }, { document }) => [
    ...['require', 'optional'].map((policy) => ({
      title: say`Add ${missing.join(say`, `)} with policy '${policy}'`,
      edits: addFeatures(
        cpu,
        missing.map((name) => ({ name, policy })),
        document,
      ),
    })),
    useHostModel(cpu, document),
  ],
});
