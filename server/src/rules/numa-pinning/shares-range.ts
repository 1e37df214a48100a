import { cpuTune } from '../../domain/cpuTune.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { setText } from '../../xml/edits.ts';
import { child, textOf, textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

/** What cgroup v1 takes (cpu.shares), and the most that v2 does (cpu.weight). */
const LEAST = 2;
const MOST = 262144;
const MOST_OF_V2 = 10000;

export const rule = defineRule<XmlElement>({
  id: 'numa-pinning/shares-range',
  severity: 'warning',
  needs: ['shares'],
  *find(domain) {
    const { element } = cpuTune(domain);
    const shares = element && child(element, 'shares');
    const number = wholeNumber(shares && textOf(shares));
    if (domain.isQemu && shares && number && (number < LEAST || number > MOST_OF_V2)) yield shares;
  },
  say(shares) {
    const number = Number(textOf(shares));
    const isFar = number < LEAST || number > MOST;
    return {
      at: textSpan(shares),
      message: isFar
        ? say`${number} shares are outside what the kernel takes (${LEAST} to ${MOST}, ${MOST_OF_V2} with cgroup v2): libvirt up to 9.0 refuses them, later ones fail at the start.`
        : say`${number} shares are more than a host with cgroup v2 takes, whose weights end at ${MOST_OF_V2} (100 is usual there, 1024 with v1). Numbers up to ${MOST_OF_V2} fit both, and only their ratio between guests counts.`,
    };
  },
  fix: (shares) => {
    const near = Number(textOf(shares)) < LEAST ? LEAST : MOST_OF_V2;
    return [{ title: say`Change shares to ${near}`, edits: setText(shares, String(near)) }];
  },
});
