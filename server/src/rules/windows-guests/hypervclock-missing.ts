import { clock, timer } from '../../domain/clock.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { nameSpan } from '../../xml/query.ts';
import { addTimers } from '../clock-timers/repairs.ts';
import { defineRule } from '../rule.ts';
import { isEnlightened, isWindowsOnKvm, takesAll } from './enlightenments.ts';

export const rule = defineRule<true>({
  id: 'windows-guests/hypervclock-missing',
  severity: 'warning',
  since: '1.2.2',
  *find(domain) {
    if (!isWindowsOnKvm(domain) || takesAll(domain)) return;
    if (timer(domain, 'hypervclock')?.present !== 'yes') yield true;
  },
  say: (_, domain) => ({
    at: nameSpan(timer(domain, 'hypervclock')?.element ?? clock(domain)?.element ?? domain.root),
    message: isEnlightened(domain, 'stimer')
      ? say`\`<stimer>\` stands on Hyper-V's clock, which is off: QEMU refuses to start the guest. Add \`<timer name='hypervclock' present='yes'/>\`.`
      : say`Windows has no clock that it can read without leaving the guest, and does so many times a second. Add \`<timer name='hypervclock' present='yes'/>\`.`,
  }),
  fix: (_, domain) => {
    const written = timer(domain, 'hypervclock');
    const edits = written
      ? setAttribute(written.element, 'present', 'yes', domain.document)
      : addTimers(domain, ["<timer name='hypervclock' present='yes'/>"], 'localtime');
    return [{ title: say`Add hypervclock`, edits }];
  },
});
