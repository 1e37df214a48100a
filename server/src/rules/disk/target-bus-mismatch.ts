import type { Disk } from '../../domain/disk.ts';
import { parseTargetName, prefixOfBus } from '../../domain/diskTarget.ts';
import { say } from '../../l10n/say.ts';
import { attribute, child, nameSpan, valueSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { qemuDisks } from './places.ts';
import { nameOnBus, renameDisk } from './repairs.ts';

interface Match {
  readonly disk: Disk;
  readonly name: string;
  readonly bus: string;
  readonly prefix: string;
}

export const rule = defineRule<Match>({
  id: 'disk/target-bus-mismatch',
  severity: 'hint',
  needs: ['disk', '@bus'],
  *find(domain) {
    for (const disk of qemuDisks(domain)) {
      const prefix = prefixOfBus(disk.bus ?? '');
      const name = parseTargetName(disk.target ?? '');
      if (!disk.bus || !disk.target || !prefix || !name || name.partition || name.prefix === prefix) continue;
      // Floppies elsewhere, disks on the floppy controller and vhost-user disks off virtio are refused for their bus.
      if (disk.type === 'vhostuser') continue;
      if ((disk.device === 'floppy') !== (disk.bus === 'fdc')) continue;
      yield { disk, name: disk.target, bus: disk.bus, prefix };
    }
  },
  say({ disk, name, bus, prefix }) {
    const target = child(disk.element, 'target');
    const dev = attribute(target, 'dev');
    const at = attribute(target, 'bus');
    return {
      at: dev ? valueSpan(dev) : nameSpan(disk.element),
      message: say`\`${name}\` reads like another bus than \`${bus}\`: the name decides only the order of disks, and the guest will show another. Names on this bus begin with \`${prefix}\` by custom.`,
      ...(at && { related: [{ ...valueSpan(at), message: say`The bus that counts` }] }),
    };
  },
  fix({ disk, bus }, domain) {
    const name = nameOnBus(domain, disk, bus);
    return name === undefined ? [] : [{ title: say`Rename to ${name}`, edits: renameDisk(domain, disk, name) }];
  },
});
