import { cacheMode, usesPageCache } from '../../domain/cacheMode.ts';
import { type Disk, diskName, driverAttribute } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { attribute, nameSpan, valueSpan } from '../../xml/query.ts';
import { setValueOf } from '../fixes.ts';
import { defineRule } from '../rule.ts';

/** File systems that several hosts mount, by what people call them. */
const SHARED = /\/(nfs|gluster|glusterfs|ceph|cephfs|gfs2?|ocfs2?|lustre|gpfs|net|shared?)(\/|-|_|\d)/i;

export const rule = defineRule<Disk>({
  id: 'migration/cache-mode',
  severity: 'information',
  needs: ['disk', '@cache'],
  *find(domain) {
    if (!domain.isQemu) return;
    for (const disk of domain.disks) {
      const isShared = disk.type === 'file' && SHARED.test(disk.path ?? '');
      if (isShared && disk.writable && !disk.shareable && usesPageCache(cacheMode(disk))) yield disk;
    }
  },
  say: (disk) => {
    const cache = driverAttribute(disk, 'cache');
    const file = attribute(disk.source, 'file');
    return {
      at: file ? valueSpan(file) : nameSpan(disk.element),
      message: say`By its path ${diskName(disk)} lies on a shared file system, and it is cached on this host: after a migration the other may read stale pages, and libvirt refuses to migrate unless QEMU drops them. Use \`cache='none'\`.`,
      ...(cache && { related: [{ ...valueSpan(cache), message: say`The cache` }] }),
    };
  },
  fix: (disk, { document }) => (disk.driver ? [setValueOf(disk.driver, 'cache', 'none', document)] : []),
});
