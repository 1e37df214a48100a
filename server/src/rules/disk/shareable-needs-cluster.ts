import { say } from '../../l10n/say.ts';
import { child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { qemuDisks } from './places.ts';

export const rule = defineRule<XmlElement>({
  id: 'disk/shareable-needs-cluster',
  severity: 'hint',
  needs: ['shareable'],
  *find(domain) {
    for (const disk of qemuDisks(domain)) {
      const shareable = child(disk.element, 'shareable');
      if (disk.writable && shareable) yield shareable;
    }
  },
  say: (shareable) => ({
    at: nameSpan(shareable),
    message: say`libvirt coordinates nothing between the guests that write to a \`<shareable>\` disk. They need a cluster file system (GFS2, OCFS2, VMFS) or SCSI reservations; ext4, XFS and NTFS are damaged within minutes.`,
  }),
});
