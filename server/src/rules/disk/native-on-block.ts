import { bypassesPageCache, cacheMode } from '../../domain/cacheMode.ts';
import { type Disk, driverAttribute } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { nameSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { qemuDisks } from './places.ts';
import { setDriverFix } from './repairs.ts';

export const rule = defineRule<Disk>({
  id: 'disk/native-on-block',
  severity: 'hint',
  needs: ['@cache'],
  since: '0.8.8',
  find: (domain) =>
    qemuDisks(domain).filter(
      (disk) =>
        disk.type === 'block' && disk.writable && bypassesPageCache(cacheMode(disk)) && !driverAttribute(disk, 'io'),
    ),
  say: (disk) => ({
    at: nameSpan(disk.driver ?? disk.element),
    message: say`A block device past the host page cache can do without QEMU's pool of worker threads, the default: \`io='native'\` submits to the kernel directly, as virt-install sets it up. Keep threads for thin volumes, where native I/O may block.`,
  }),
  fix: (disk, domain) => [setDriverFix(domain, disk, 'io', 'native'), setDriverFix(domain, disk, 'io', 'io_uring')],
});
