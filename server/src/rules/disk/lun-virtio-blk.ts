import type { Disk } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { attributeValue } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { busPlace, qemuDisks, shortName } from './places.ts';
import { addVirtioScsi, moveToBus, scsiControllers } from './repairs.ts';

export const rule = defineRule<Disk>({
  id: 'disk/lun-virtio-blk',
  severity: 'warning',
  needs: ['disk', '@device'],
  since: '0.9.10',
  // A file cannot be a LUN on any bus, and that is told already.
  find: (domain) =>
    qemuDisks(domain).filter((disk) => disk.device === 'lun' && disk.bus === 'virtio' && disk.type !== 'file'),
  say: (disk) => ({
    at: busPlace(disk),
    message: say`SCSI commands of ${shortName(disk)} cannot pass through virtio-blk: QEMU dropped that mode, virtio 1.0 never had it, and current releases refuse it. Put the LUN on a \`virtio-scsi\` controller.`,
  }),
  fix(disk, domain) {
    const controllers = scsiControllers(domain);
    const hasFirst = controllers.some((one) => (attributeValue(one, 'index') ?? '0') === '0');
    const edits = moveToBus(domain, disk, 'scsi');
    return [
      {
        title: say`Move to virtio-scsi`,
        edits: hasFirst ? edits : [...addVirtioScsi(domain, disk.element, '0'), ...edits],
      },
    ];
  },
});
