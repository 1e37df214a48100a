import type { Disk } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { defineRule } from '../rule.ts';
import { driverPlace, driverValue, qemuDisks, shortName } from './places.ts';
import { setDriverFix } from './repairs.ts';

const CARRIES_DISCARD = new Set(['virtio', 'scsi']);

/** An image that would shrink: qcow2 anywhere, raw in a (sparse) file. */
function isSparse(disk: Disk): boolean {
  return disk.format === 'qcow2' || (disk.format === 'raw' && disk.type === 'file');
}

export const rule = defineRule<Disk>({
  id: 'disk/discard-missing',
  severity: 'hint',
  needs: ['disk', 'source'],
  since: '1.0.6',
  find: (domain) =>
    qemuDisks(domain).filter(
      (disk) =>
        disk.device === 'disk' &&
        disk.writable &&
        !disk.transient &&
        disk.path !== undefined &&
        isSparse(disk) &&
        CARRIES_DISCARD.has(disk.bus ?? '') &&
        (driverValue(disk, 'discard') ?? 'ignore') === 'ignore' &&
        // detect_zeroes='unmap' without discard is a contradiction that another rule tells.
        driverValue(disk, 'detect_zeroes') !== 'unmap',
    ),
  say: (disk) => ({
    at: driverPlace(disk, 'discard'),
    message: say`Space that the guest frees on ${shortName(disk)} never comes back to the host: QEMU drops TRIM requests unless told otherwise, and the image only grows. Add \`discard='unmap'\`, unless the image is preallocated on purpose.`,
  }),
  fix: (disk, domain) => [setDriverFix(domain, disk, 'discard', 'unmap')],
});
