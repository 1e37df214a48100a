import { cacheMode } from '../../domain/cacheMode.ts';
import type { Disk } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { defineRule } from '../rule.ts';
import { driverPlace, driverValue, qemuDisks } from './places.ts';
import { setDriverFix } from './repairs.ts';

const FLUSHING = new Set(['writethrough', 'directsync']);

export const rule = defineRule<Disk>({
  id: 'disk/cache-writethrough',
  severity: 'hint',
  needs: ['@cache'],
  *find(domain) {
    for (const disk of qemuDisks(domain)) {
      const mode = cacheMode(disk);
      if (!disk.writable || disk.shareable || mode === undefined || !FLUSHING.has(mode)) continue;
      // Native I/O with a cached mode is refused, and that is told already.
      if (mode === 'directsync' || driverValue(disk, 'io') !== 'native') yield disk;
    }
  },
  say: (disk) => ({
    at: driverPlace(disk, 'cache'),
    message: say`\`cache='${cacheMode(disk)}'\` makes every write wait for stable storage. That helps only guests that never flush; any current system is as safe with \`none\`, and much faster.`,
  }),
  fix: (disk, domain) => [setDriverFix(domain, disk, 'cache', 'none')],
});
