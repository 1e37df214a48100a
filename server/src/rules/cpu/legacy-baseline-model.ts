import { type NamedCpu, namedX86Model } from '../../domain/cpu.ts';
import { lacksOfX86v2 } from '../../domain/cpuModels.ts';
import { say } from '../../l10n/say.ts';
import { textSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { useHostModel, useHostPassthrough } from './repairs.ts';

interface Match {
  readonly cpu: NamedCpu;
  readonly lacks: readonly string[];
}

export const rule = defineRule<Match>({
  id: 'cpu/legacy-baseline-model',
  severity: 'warning',
  needs: ['cpu', 'model'],
  *find(domain) {
    const named = domain.isKvm ? namedX86Model(domain) : undefined;
    const added = new Set(named?.cpu.features.map(({ name }) => name));
    const lacks = (named ? lacksOfX86v2(named.known) : []).filter((feature) => !added.has(feature));
    if (named && lacks.length > 0) yield { cpu: named.cpu, lacks };
  },
  say: ({ cpu, lacks }) => ({
    at: textSpan(cpu.model),
    message: say`CPU model \`${cpu.modelName}\` lacks ${list(lacks)}: it is below x86-64-v2, so programs and distributions built for that stop with an illegal instruction, and it has no flags against CPU flaws. Use \`host-model\`, or the newest model that all hosts offer.`,
  }),
  fix: ({ cpu }, { document }) => [useHostModel(cpu, document), useHostPassthrough(cpu, document)],
});

/** The telling ones: the newest instruction sets come last in the table of the level. */
function list(names: readonly string[]): string {
  const shown = names.filter((name) => name.startsWith('sse') || name === 'lm' || name === 'popcnt');
  return (shown.length > 0 ? shown : names).map((name) => `\`${name}\``).join(', ');
}
