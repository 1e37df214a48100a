import { clock, timer } from '../../domain/clock.ts';
import { say } from '../../l10n/say.ts';
import { nameSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { addTimers } from './repairs.ts';

/** The three that virt-install and Nova write, in their order. */
const USUAL: readonly (readonly [string, string])[] = [
  ['rtc', "<timer name='rtc' tickpolicy='catchup'/>"],
  ['pit', "<timer name='pit' tickpolicy='delay'/>"],
  ['hpet', "<timer name='hpet' present='no'/>"],
];

export const rule = defineRule<readonly string[]>({
  id: 'clock-timers/kvm-timers',
  severity: 'hint',
  needs: ['clock'],
  *find(domain) {
    const missing = USUAL.filter(([name]) => !timer(domain, name)).map(([, xml]) => xml);
    // Where some are named, the hpet has a rule of its own.
    if (clock(domain)?.timers.length === 0 && domain.isKvm && domain.isX86) yield missing;
  },
  say: (_, domain) => ({
    at: nameSpan(clock(domain)?.element ?? domain.root),
    message: say`No timers are named. virt-install and Nova give x86 guests three settings: \`rtc\` catches up on lost ticks, \`pit\` delays them, and the costly \`hpet\` is hidden.`,
  }),
  fix: (missing, domain) => [{ title: say`Add the usual timers`, edits: addTimers(domain, missing) }],
});
