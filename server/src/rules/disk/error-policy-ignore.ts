import { type Disk, driverAttribute } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { dropAttribute } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { qemuDisks, shortName } from './places.ts';
import { setDriverFix } from './repairs.ts';

interface Match {
  readonly disk: Disk;
  readonly policy: XmlAttribute;
}

export const rule = defineRule<Match>({
  id: 'disk/error-policy-ignore',
  severity: 'warning',
  needs: ['@error_policy|@rerror_policy'],
  since: '0.8.0',
  *find(domain) {
    for (const disk of qemuDisks(domain)) {
      if (!disk.writable) continue;
      for (const name of ['error_policy', 'rerror_policy']) {
        const policy = driverAttribute(disk, name);
        if (policy?.value.trim() === 'ignore') yield { disk, policy };
      }
    }
  },
  say({ disk, policy }) {
    const told =
      policy.name === 'error_policy'
        ? say`tells the guest that failed writes succeeded: data are lost without a word`
        : say`gives the guest whatever stands in memory where a read failed: data are corrupted without a word`;
    return {
      at: valueSpan(policy),
      message: say`\`${policy.name}='ignore'\` on ${shortName(disk)} ${told}. Use \`stop\` (pause until the storage is back) or \`report\`.`,
    };
  },
  fix: ({ disk, policy }, domain) => [
    setDriverFix(domain, disk, policy.name, 'stop'),
    setDriverFix(domain, disk, policy.name, 'report'),
    dropAttribute(policy, domain.document),
  ],
});
