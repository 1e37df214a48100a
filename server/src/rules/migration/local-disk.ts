import { type Disk, diskName } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { nameSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { blockingDevices } from './devices.ts';

interface Match {
  readonly disk: Disk;
  readonly network: Disk;
}

export const rule = defineRule<Match>({
  id: 'migration/local-disk',
  severity: 'information',
  needs: ['disk'],
  *find(domain) {
    const writable = domain.disks.filter((disk) => disk.writable);
    // A guest whose other disks lie in the network was made to move.
    const network = writable.find(({ type }) => type === 'network');
    if (!network || !domain.isQemu || blockingDevices(domain).length > 0) return;
    for (const disk of writable) if (disk.type === 'file' && !disk.shareable) yield { disk, network };
  },
  say: ({ disk, network }) => ({
    at: nameSpan(disk.source ?? disk.element),
    message: say`${diskName(disk)} is a file of this host, while other disks lie in the network: unless its file system is shared, live migration needs \`--copy-storage-all\`, which copies it each time.`,
    related: [{ ...nameSpan(network.element), message: say`A disk in the network` }],
  }),
});
