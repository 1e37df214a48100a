import { type Cpu, cpuOf } from '../../domain/cpu.ts';
import { say } from '../../l10n/say.ts';
import { attribute, nameSpan, textSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { dropAttribute, dropChildren } from './repairs.ts';

interface Match {
  readonly cpu: Cpu;
  /** What is not read, as written: a model's name, the attribute match. */
  readonly ignored: readonly string[];
}

export const rule = defineRule<Match>({
  id: 'cpu/model-ignored',
  severity: 'hint',
  needs: ['cpu', '@mode'],
  tags: ['unnecessary'],
  *find(domain) {
    const cpu = cpuOf(domain);
    // On POWER host-model with a name stands for a compatibility mode.
    if (!cpu || !domain.isQemu || !(cpu.isPassthrough || (cpu.mode === 'host-model' && domain.isX86))) return;
    const ignored = [
      ...(cpu.modelName ? [`<model>${cpu.modelName}</model>`] : []),
      ...(attribute(cpu.element, 'match') ? ['match'] : []),
    ];
    if (ignored.length > 0) yield { cpu, ignored };
  },
  say: ({ cpu, ignored }) => {
    const match = attribute(cpu.element, 'match');
    const token = match ? { start: match.nameStart, end: match.nameEnd } : nameSpan(cpu.element);
    return {
      at: cpu.model && cpu.modelName ? textSpan(cpu.model) : token,
      message: say`CPU mode \`${cpu.mode}\` takes the model from the host: ${ignored.map((item) => `\`${item}\``).join(say` and `)} ${ignored.length > 1 ? 'have' : 'has'} no effect. Remove ${ignored.length > 1 ? 'them' : 'it'}, or use mode \`custom\`.`,
    };
  },
  fix: ({ cpu, ignored }, { document }) => [
    {
      title: say`Remove what mode ${cpu.mode} does not read`,
      edits: [
        ...dropAttribute(cpu.element, 'match', document),
        ...(ignored.length > 0 && cpu.modelName ? dropChildren(cpu.element, ['model', 'vendor'], document) : []),
      ],
    },
  ],
});
