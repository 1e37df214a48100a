import { clock } from '../../domain/clock.ts';
import { guestSystem } from '../../domain/guestSystem.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlElement>({
  id: 'clock-timers/localtime-non-windows',
  severity: 'hint',
  needs: ['clock', '@offset'],
  *find(domain) {
    const read = clock(domain);
    if (read?.offset === 'localtime' && domain.isQemu && guestSystem(domain) !== 'windows') yield read.element;
  },
  say: (element) => ({
    at: placeOf(element, 'offset'),
    message: say`\`localtime\` is for Windows. Linux and BSD take the hardware clock for UTC: this guest starts hours off until NTP corrects it, and again at each change to summer time.`,
  }),
  fix: (element, { document }) => [
    { title: say`Use offset='utc'`, edits: setAttribute(element, 'offset', 'utc', document) },
  ],
});
