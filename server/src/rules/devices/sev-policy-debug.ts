import { say } from '../../l10n/say.ts';
import { setText } from '../../xml/edits.ts';
import { textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { sevOf } from './sev.ts';

/** Of SEV, bit 0: no debugging. */
const NO_DEBUG = 0x1;
/** Of SNP, bit 19: debugging; bit 17 is reserved and has to be set. */
const SNP_DEBUG = 0x80000;
const SNP_RESERVED = 0x20000;

interface Match {
  readonly policy: XmlElement;
  readonly value: number;
  readonly better: number;
}

export const rule = defineRule<Match>({
  id: 'devices/sev-policy-debug',
  severity: 'warning',
  since: '4.4.0',
  needs: ['launchSecurity'],
  *find(domain) {
    const { isSnp, policy, policyValue: value } = sevOf(domain) ?? {};
    if (!policy || value === undefined) return;
    const better = isSnp ? ((value | SNP_RESERVED) & ~SNP_DEBUG) >>> 0 : (value | NO_DEBUG) >>> 0;
    if (better !== value && value < 2 ** 32) yield { policy, value, better };
  },
  say: ({ policy, value, better }) => ({
    at: textSpan(policy),
    message:
      better >= SNP_RESERVED && (value & SNP_RESERVED) === 0
        ? say`Bit 17 of an SNP policy is reserved and has to be one: the firmware refuses this policy.`
        : say`This policy allows debugging: by way of the firmware the host reads the memory that the encryption hides from it.`,
  }),
  fix: ({ policy, better }) => {
    const text = `0x${better.toString(16).padStart(4, '0')}`;
    return [{ title: say`Change the policy to ${text}`, edits: setText(policy, text) }];
  },
});
