import { clock, type Timer, timer } from '../../domain/clock.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { nameSpan } from '../../xml/query.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';
import { addTimers } from './repairs.ts';

interface Match {
  /** The timer that says yes, or undefined where the document says nothing of it. */
  readonly hpet: Timer | undefined;
}

export const rule = defineRule<Match>({
  id: 'clock-timers/hpet-present',
  severity: 'hint',
  needs: ['timer'],
  *find(domain) {
    const hpet = timer(domain, 'hpet');
    const read = clock(domain);
    if (!read || read.timers.length === 0 || !domain.isKvm || !domain.isX86) return;
    if (!hpet || hpet.present === 'yes') yield { hpet };
  },
  say: ({ hpet }, domain) => ({
    at: hpet ? placeOf(hpet.element, 'present') : nameSpan(clock(domain)?.element ?? domain.root),
    message: say`The guest is shown an HPET${hpet ? '' : say`, which is the default`}: each reading leaves the guest for QEMU, and a system that prefers it does so thousands of times a second. Hide it: \`<timer name='hpet' present='no'/>\`.`,
  }),
  fix: ({ hpet }, domain) => [
    {
      title: say`Hide the HPET`,
      edits: hpet
        ? setAttribute(hpet.element, 'present', 'no', domain.document)
        : addTimers(domain, ["<timer name='hpet' present='no'/>"]),
    },
  ],
});
