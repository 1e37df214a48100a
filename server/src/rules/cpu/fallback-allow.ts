import { type NamedCpu, namedX86Model } from '../../domain/cpu.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, textSpan, valueSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<NamedCpu>({
  id: 'cpu/fallback-allow',
  severity: 'hint',
  needs: ['cpu', 'model'],
  *find(domain) {
    const cpu = domain.isQemu ? namedX86Model(domain)?.cpu : undefined;
    if (cpu && (attributeValue(cpu.model, 'fallback') ?? 'allow') === 'allow') yield cpu;
  },
  say: (cpu) => {
    const fallback = attribute(cpu.model, 'fallback');
    return {
      at: fallback ? valueSpan(fallback) : textSpan(cpu.model),
      message: say`Where QEMU does not support \`${cpu.modelName}\`, libvirt takes a similar model without a word, and guests differ from host to host. \`fallback='forbid'\` refuses the start instead.`,
    };
  },
  fix: (cpu, { document }) => [
    { title: say`Set fallback='forbid'`, edits: setAttribute(cpu.model, 'fallback', 'forbid', document) },
  ],
});
