import { cacheMode, usesPageCache } from '../../domain/cacheMode.ts';
import type { Disk } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { child, nameSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { driverPlace, driverValue, qemuDisks, shortName } from './places.ts';
import { setDriverFix } from './repairs.ts';

export const rule = defineRule<Disk>({
  id: 'disk/shareable-cached',
  severity: 'warning',
  needs: ['shareable'],
  find: (domain) =>
    qemuDisks(domain).filter(
      (disk) =>
        disk.writable &&
        disk.shareable &&
        usesPageCache(cacheMode(disk)) &&
        // Native I/O with a cached mode is refused, and that is told already.
        driverValue(disk, 'io') !== 'native',
    ),
  say(disk) {
    const shareable = child(disk.element, 'shareable');
    return {
      at: driverPlace(disk, 'cache'),
      message: say`${shortName(disk)} is shared and writable, yet \`cache='${cacheMode(disk)}'\` keeps its data in each host's page cache: one guest overwrites what it has not seen of the other, and the data are corrupted. Use \`none\`.`,
      ...(shareable && { related: [{ ...nameSpan(shareable), message: say`Shared with other guests` }] }),
    };
  },
  fix: (disk, domain) => [
    setDriverFix(domain, disk, 'cache', 'none'),
    setDriverFix(domain, disk, 'cache', 'directsync'),
  ],
});
