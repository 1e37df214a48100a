import { type Disk, diskName } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { nameSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<Disk>({
  id: 'migration/nvme-disk',
  severity: 'hint',
  since: '6.0.0',
  needs: ['disk'],
  find: (domain) => (domain.isQemu ? domain.disks.filter(({ type }) => type === 'nvme') : []),
  say: (disk) => ({
    at: nameSpan(disk.source ?? disk.element),
    message: say`${diskName(disk)} is an NVMe namespace of this host, which QEMU takes over as a whole: unlike a \`<hostdev>\` it migrates, with \`--copy-storage-all\`, and the other host needs room for the copy.`,
  }),
});
