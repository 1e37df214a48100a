import { cacheMode } from '../../domain/cacheMode.ts';
import type { Disk } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { defineRule } from '../rule.ts';
import { driverPlace, qemuDisks, shortName } from './places.ts';
import { setDriverFix } from './repairs.ts';

export const rule = defineRule<Disk>({
  id: 'disk/cache-unsafe',
  severity: 'warning',
  needs: ['@cache'],
  since: '0.9.7',
  find: (domain) =>
    qemuDisks(domain).filter((disk) => disk.writable && !disk.transient && cacheMode(disk) === 'unsafe'),
  say: (disk) => ({
    at: driverPlace(disk, 'cache'),
    message: say`\`cache='unsafe'\` throws the guest's flushes away: a power loss or crash of the host can destroy the file system on ${shortName(disk)}, journal or not. Keep it for data you can make again; otherwise use \`none\`.`,
  }),
  fix: (disk, domain) => [
    setDriverFix(domain, disk, 'cache', 'none'),
    setDriverFix(domain, disk, 'cache', 'writeback'),
  ],
});
