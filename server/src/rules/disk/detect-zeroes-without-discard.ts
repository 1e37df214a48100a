import { type Disk, driverAttribute } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { valueSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { driverPlace, driverValue, qemuDisks } from './places.ts';
import { setDriverFix } from './repairs.ts';

export const rule = defineRule<Disk>({
  id: 'disk/detect-zeroes-without-discard',
  severity: 'warning',
  needs: ['@detect_zeroes'],
  since: '2.0.0',
  find: (domain) =>
    qemuDisks(domain).filter(
      (disk) => driverValue(disk, 'detect_zeroes') === 'unmap' && driverValue(disk, 'discard') !== 'unmap',
    ),
  say(disk) {
    const discard = driverAttribute(disk, 'discard');
    return {
      at: driverPlace(disk, 'detect_zeroes'),
      message: say`\`detect_zeroes='unmap'\` frees space only with \`discard='unmap'\`; without it every write is scanned for zeroes and nothing is given back. Add the discard, or step down to \`on\`.`,
      ...(discard && { related: [{ ...valueSpan(discard), message: say`Discard is off here` }] }),
    };
  },
  fix: (disk, domain) => [
    setDriverFix(domain, disk, 'discard', 'unmap'),
    setDriverFix(domain, disk, 'detect_zeroes', 'on'),
  ],
});
