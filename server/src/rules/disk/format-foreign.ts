import type { Disk } from '../../domain/disk.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attributeValue } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { driverPlace, qemuDisks, shortName } from './places.ts';
import { setDriver } from './repairs.ts';

const FOREIGN = new Set(['vmdk', 'vdi', 'vpc', 'vhd', 'qed', 'qcow', 'bochs', 'dmg', 'cloop', 'ploop']);

export const rule = defineRule<Disk>({
  id: 'disk/format-foreign',
  severity: 'warning',
  needs: ['disk', 'driver'],
  find: (domain) => qemuDisks(domain).filter((disk) => disk.writable && FOREIGN.has(disk.format ?? '')),
  say: (disk) => ({
    at: driverPlace(disk, 'type'),
    message: say`\`${disk.format}\` is a format to import from, not to run on: no snapshots, backup jobs or discard, and little tested under load. Convert the image of ${shortName(disk)} with \`qemu-img convert -O qcow2\` (or \`raw\`).`,
  }),
  fix(disk, domain): Fix[] {
    const file = attributeValue(disk.source, 'file');
    if (!disk.source || file === undefined) return [];
    const converted = `${file.replace(/\.\w+$/, '')}.qcow2`;
    const edits = [
      ...setDriver(domain, disk, 'type', 'qcow2'),
      ...setAttribute(disk.source, 'file', converted, domain.document),
    ];
    return [{ title: say`Use the converted image ${converted}`, edits }];
  },
});
