import { cacheMode } from '../../domain/cacheMode.ts';
import type { Disk } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { defineRule } from '../rule.ts';
import { driverPlace, driverValue, qemuDisks } from './places.ts';
import { setDriverFix } from './repairs.ts';

const LOCAL = new Set(['file', 'block']);

export const rule = defineRule<Disk>({
  id: 'disk/cache-default',
  severity: 'hint',
  needs: ['disk', 'driver'],
  // A disk without a driver is told to state its format first; a shareable one gets `none` from libvirt.
  find: (domain) =>
    qemuDisks(domain).filter(
      (disk) =>
        disk.driver !== undefined &&
        disk.path !== undefined &&
        disk.writable &&
        !disk.shareable &&
        !disk.transient &&
        LOCAL.has(disk.type) &&
        cacheMode(disk) === undefined &&
        driverValue(disk, 'io') !== 'native',
    ),
  say: (disk) => ({
    at: driverPlace(disk, 'cache'),
    message: say`No cache mode is stated, so QEMU's own applies: \`writeback\`, through the host page cache. Say which you want – \`none\` above all for a guest that shall migrate.`,
  }),
  fix: (disk, domain) => [
    setDriverFix(domain, disk, 'cache', 'none'),
    setDriverFix(domain, disk, 'cache', 'writeback'),
  ],
});
