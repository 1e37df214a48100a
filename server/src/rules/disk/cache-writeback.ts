import { cacheMode } from '../../domain/cacheMode.ts';
import type { Disk } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { defineRule } from '../rule.ts';
import { driverPlace, driverValue, qemuDisks } from './places.ts';
import { setDriverFix } from './repairs.ts';

/** Local images; of a network disk QEMU's mode steers the client's own cache, and for RBD writeback is the advice. */
const LOCAL = new Set(['file', 'block']);

export const rule = defineRule<Disk>({
  id: 'disk/cache-writeback',
  severity: 'information',
  needs: ['@cache'],
  // Where the disk is shareable or asks for native I/O, writeback is a mistake that another rule tells.
  find: (domain) =>
    qemuDisks(domain).filter(
      (disk) =>
        disk.writable &&
        !disk.shareable &&
        LOCAL.has(disk.type) &&
        cacheMode(disk) === 'writeback' &&
        driverValue(disk, 'io') !== 'native',
    ),
  say: (disk) => ({
    at: driverPlace(disk, 'cache'),
    message: say`\`cache='writeback'\` acknowledges writes from the host's RAM: after a power loss only flushed data are there, and every cached page takes memory twice. Right for small local guests; \`none\` is steadier and safe to migrate.`,
  }),
  fix: (disk, domain) => [setDriverFix(domain, disk, 'cache', 'none')],
});
