import { timer } from '../../domain/clock.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlAttribute>({
  id: 'clock-timers/tsc-frequency',
  severity: 'information',
  since: '3.2.0',
  needs: ['timer', '@frequency'],
  *find(domain) {
    const frequency = attribute(timer(domain, 'tsc')?.element, 'frequency');
    if (frequency && domain.isQemu && Number(frequency.value) > 0) yield frequency;
  },
  say: (frequency) => ({
    at: attributeSpan(frequency),
    message: say`A TSC of ${Number((Number(frequency.value) / 1e6).toFixed(3))} MHz: a host whose own runs at another rate must scale it in hardware (about 250 ppm are tolerated), or the guest neither starts nor migrates there.`,
  }),
});
