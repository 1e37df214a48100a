import type { Disk } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attributeValue } from '../../xml/query.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';
import { qemuDisks, shortName } from './places.ts';

export const rule = defineRule<Disk>({
  id: 'disk/snapshot-internal-raw',
  severity: 'warning',
  needs: ['@snapshot'],
  since: '0.9.5',
  find: (domain) =>
    qemuDisks(domain).filter(
      (disk) =>
        attributeValue(disk.element, 'snapshot') === 'internal' &&
        // An unstated format is a warning of its own; RBD and vhost-user have their own ways.
        disk.format !== undefined &&
        disk.format !== 'qcow2' &&
        (disk.type === 'file' || disk.type === 'block'),
    ),
  say: (disk) => ({
    at: placeOf(disk.element, 'snapshot'),
    message: say`An internal snapshot is kept inside the image, and \`${disk.format}\` has no room for one: a snapshot that includes ${shortName(disk)} will fail. Ask for \`external\`, or convert the image to qcow2.`,
  }),
  fix: (disk, domain) => [
    {
      title: say`Change snapshot to 'external'`,
      edits: setAttribute(disk.element, 'snapshot', 'external', domain.document),
    },
  ],
});
