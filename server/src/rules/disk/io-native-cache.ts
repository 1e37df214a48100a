import { bypassesPageCache, cacheMode, usesPageCache } from '../../domain/cacheMode.ts';
import { type Disk, driverAttribute } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { valueSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { driverPlace, driverValue, qemuDisks } from './places.ts';
import { setDriverFix } from './repairs.ts';

export const rule = defineRule<Disk>({
  id: 'disk/io-native-cache',
  severity: 'error',
  needs: ['@io'],
  since: '0.8.8',
  *find(domain) {
    for (const disk of qemuDisks(domain)) {
      const mode = cacheMode(disk);
      const isKnown = mode === undefined || usesPageCache(mode) || bypassesPageCache(mode);
      if (driverValue(disk, 'io') === 'native' && isKnown && !bypassesPageCache(mode)) yield disk;
    }
  },
  say(disk) {
    const cache = driverAttribute(disk, 'cache');
    const io = driverAttribute(disk, 'io');
    const found = cache ? `\`cache='${cache.value.trim()}'\`` : say`no cache mode, which means \`writeback\``;
    return {
      at: driverPlace(disk, cache ? 'cache' : 'io'),
      message: say`\`io='native'\` is asynchronous only past the host page cache, and here is ${found}: libvirt refuses the definition. Set \`cache\` to \`none\` (or \`directsync\`), or use \`io='threads'\`.`,
      ...(cache && io && { related: [{ ...valueSpan(io), message: say`Native I/O is asked for here` }] }),
    };
  },
  fix: (disk, domain) => [
    setDriverFix(domain, disk, 'cache', 'none'),
    setDriverFix(domain, disk, 'io', 'threads'),
    setDriverFix(domain, disk, 'io', 'io_uring'),
  ],
});
