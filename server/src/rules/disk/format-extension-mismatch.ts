import type { Disk } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { defineRule } from '../rule.ts';
import { formatOfName, imageName } from './imageNames.ts';
import { driverPlace, qemuDisks, sourcePlace } from './places.ts';
import { setDriverFix } from './repairs.ts';

const JUDGED = new Set(['raw', 'qcow2']);

export const rule = defineRule<Disk>({
  id: 'disk/format-extension-mismatch',
  severity: 'warning',
  needs: ['disk', 'driver'],
  *find(domain) {
    for (const disk of qemuDisks(domain)) {
      const named = formatOfName(disk.path);
      if (disk.type === 'file' && JUDGED.has(disk.format ?? '') && named !== undefined && named !== disk.format)
        yield disk;
    }
  },
  say(disk) {
    const consequence =
      disk.format === 'raw'
        ? say`Opened as raw, its metadata are the disk that the guest sees, and the first writes destroy it`
        : say`Opened as qcow2, a raw image has no header and the guest does not start`;
    return {
      at: driverPlace(disk, 'type'),
      message: say`The format is \`${disk.format}\`, yet \`${imageName(disk.path ?? '')}\` is named like ${formatOfName(disk.path)}. ${consequence}. Check with \`qemu-img info\`, and correct the one or the other.`,
      related: [{ ...sourcePlace(disk), message: say`The image` }],
    };
  },
  fix(disk, domain) {
    const named = formatOfName(disk.path);
    return named === undefined ? [] : [setDriverFix(domain, disk, 'type', named)];
  },
});
