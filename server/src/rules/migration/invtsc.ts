import { timer } from '../../domain/clock.ts';
import { type CpuFeature, cpuOf } from '../../domain/cpu.ts';
import { say } from '../../l10n/say.ts';
import { attributeValue, nameSpan } from '../../xml/query.ts';
import { dropElement } from '../fixes.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';
import { blockingDevices } from './devices.ts';

const ON = new Set(['require', 'force']);

export const rule = defineRule<CpuFeature>({
  id: 'migration/invtsc',
  severity: 'warning',
  since: '3.2.0',
  needs: ['feature'],
  *find(domain) {
    const invtsc = cpuOf(domain)?.features.find(({ name, policy }) => name === 'invtsc' && ON.has(policy));
    if (!invtsc || !domain.isKvm || !domain.isX86) return;
    const hasFrequency = attributeValue(timer(domain, 'tsc')?.element, 'frequency') !== undefined;
    // What is bound to its host anyway loses nothing.
    if (!hasFrequency && blockingDevices(domain).length === 0) yield invtsc;
  },
  say: ({ element }) => ({
    at: attributeValue(element, 'name') ? placeOf(element, 'name') : nameSpan(element),
    message: say`The guest is promised a TSC that never changes its rate, so that it can neither migrate nor be saved to disk unless the rate is stated: \`<timer name='tsc' frequency='…'/>\`, in Hz as the host's \`virsh capabilities\` tell it.`,
  }),
  fix: ({ element }, { document }) => [dropElement(element, document, say`Do without invtsc`)],
});
