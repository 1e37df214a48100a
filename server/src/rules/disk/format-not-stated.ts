import type { Disk } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { nameSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { formatOfName, imageName } from './imageNames.ts';
import { driverPlace, qemuDisks, shortName } from './places.ts';
import { setDriver } from './repairs.ts';

const HAS_IMAGE = new Set(['file', 'block', 'network']);

export const rule = defineRule<Disk>({
  id: 'disk/format-not-stated',
  severity: 'warning',
  needs: ['disk', 'source'],
  find: (domain) =>
    qemuDisks(domain).filter(
      (disk) =>
        disk.device === 'disk' &&
        HAS_IMAGE.has(disk.type) &&
        disk.path !== undefined &&
        disk.driver?.attributes.every((one) => one.name !== 'type') !== false,
    ),
  say(disk) {
    const named = formatOfName(disk.path);
    const suspicion =
      named !== undefined && named !== 'raw'
        ? say` \`${imageName(disk.path ?? '')}\` looks like ${named}: shown as raw bytes it does not boot, and the first writes destroy it.`
        : say` It never looks into the image, so a qcow2 one would be shown as raw bytes and destroyed by the first writes.`;
    return {
      at: disk.driver ? driverPlace(disk, 'type') : nameSpan(disk.element),
      message: say`No format is stated for ${shortName(disk)}, and libvirt takes that for \`raw\`.${suspicion} State \`type\`.`,
    };
  },
  fix(disk, domain) {
    const named = formatOfName(disk.path);
    const formats = named === undefined ? ['raw', 'qcow2'] : [named];
    return formats.map((format) => ({
      title: say`State the format: ${format}`,
      edits: setDriver(domain, disk, 'type', format),
    }));
  },
});
