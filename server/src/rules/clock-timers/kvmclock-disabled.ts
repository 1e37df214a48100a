import { type Timer, timer } from '../../domain/clock.ts';
import { feature } from '../../domain/hypervisorFeatures.ts';
import { say } from '../../l10n/say.ts';
import { child, childElements } from '../../xml/query.ts';
import { dropElement } from '../fixes.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<Timer>({
  id: 'clock-timers/kvmclock-disabled',
  severity: 'warning',
  needs: ['timer'],
  *find(domain) {
    const kvmclock = timer(domain, 'kvmclock');
    if (kvmclock?.present !== 'no' || !domain.isKvm || !domain.isX86) return;
    // Windows has a clock of its own; real-time guests read the TSC and nothing else.
    const cputune = child(domain.root, 'cputune');
    const isRealTime = cputune !== undefined && childElements(cputune, 'vcpusched').length > 0;
    if (!feature(domain, 'hyperv') && !isRealTime && timer(domain, 'tsc') === undefined) yield kvmclock;
  },
  say: ({ element }) => ({
    at: placeOf(element, 'present'),
    message: say`Without kvmclock a Linux guest falls back to the TSC or, where that is not stable, to clocks that leave the guest at each reading; and its time jumps over a migration. Remove this timer.`,
  }),
  fix: ({ element }, { document }) => [dropElement(element, document, say`Offer kvmclock again`)],
});
