import { clock } from '../../domain/clock.ts';
import { windowsRelease } from '../../domain/guestSystem.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { nameSpan } from '../../xml/query.ts';
import { addTimers } from '../clock-timers/repairs.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<true>({
  id: 'windows-guests/clock-utc',
  severity: 'warning',
  needs: ['libosinfo:os'],
  *find(domain) {
    const offset = clock(domain)?.offset ?? 'utc';
    if (domain.isQemu && windowsRelease(domain) && offset === 'utc') yield true;
  },
  say: (_, domain) => {
    const read = clock(domain);
    return {
      at: read ? placeOf(read.element, 'offset') : nameSpan(domain.root),
      message: say`Windows takes the hardware clock for local time, and this one shows UTC: its time is hours off after each boot until it synchronises. Use \`localtime\`.`,
    };
  },
  fix: (_, domain) => {
    const read = clock(domain);
    const edits = read
      ? setAttribute(read.element, 'offset', 'localtime', domain.document)
      : addTimers(domain, ["<timer name='hypervclock' present='yes'/>"], 'localtime');
    return [{ title: say`Use offset='localtime'`, edits }];
  },
});
