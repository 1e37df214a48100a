import type { Disk } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { setText } from '../../xml/edits.ts';
import { child, textOf, textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { qemuDisks } from './places.ts';

/** Bytes of a serial number in ATA's identify data and in a virtio-blk request for the id. */
const MOST = 20;
const CUTTING = new Set(['virtio', 'ide', 'sata']);

interface Match {
  readonly disk: Disk;
  readonly serial: XmlElement;
  readonly text: string;
}

export const rule = defineRule<Match>({
  id: 'disk/serial-length',
  severity: 'hint',
  needs: ['disk', 'serial'],
  *find(domain) {
    for (const disk of qemuDisks(domain)) {
      const serial = child(disk.element, 'serial');
      const text = textOf(serial);
      if (serial && CUTTING.has(disk.bus ?? '') && disk.device !== 'lun' && text.length > MOST)
        yield { disk, serial, text };
    }
  },
  say: ({ disk, serial, text }) => ({
    at: textSpan(serial),
    message: say`The guest sees only the first ${MOST} of ${text.length} characters of this serial: a ${disk.bus} disk has room for no more. Links in \`/dev/disk/by-id\` are shorter than written, and long serials that begin alike collide.`,
  }),
  fix: ({ serial, text }) => [
    { title: say`Shorten to ${MOST} characters`, edits: setText(serial, text.slice(0, MOST)) },
  ],
});
