import { bypassesPageCache, cacheMode } from '../../domain/cacheMode.ts';
import type { Disk } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { attribute, nameSpan, valueSpan } from '../../xml/query.ts';
import { setValueOf } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { networkSources } from './sources.ts';

export const rule = defineRule<Disk>({
  id: 'storage/rbd-cache',
  severity: 'hint',
  needs: ['@protocol', '@cache'],
  find: (domain) =>
    networkSources(domain)
      .filter(
        ({ protocol, disk, holder }) =>
          protocol === 'rbd' &&
          holder === disk.element &&
          disk.writable &&
          !disk.shareable &&
          bypassesPageCache(cacheMode(disk)),
      )
      .map(({ disk }) => disk),
  say(disk) {
    const at = attribute(disk.driver, 'cache');
    return {
      at: at ? valueSpan(at) : nameSpan(disk.element),
      message: say`\`cache='${cacheMode(disk)}'\` switches librbd's own cache off, and every small write waits for the cluster. \`writeback\` is safe here: librbd writes through until the guest has flushed once.`,
    };
  },
  fix: (disk, { document }) => (disk.driver ? [setValueOf(disk.driver, 'cache', 'writeback', document)] : []),
});
