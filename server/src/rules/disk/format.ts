/** Image formats and driver names that libvirt's QEMU driver refuses. */

import { type Disk, driverAttribute } from '../../domain/disk.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Fix } from '../../finding.ts';
import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { insertAfter } from '../../xml/edits.ts';
import { attribute, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { Span } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { placeOf } from '../refusal.ts';
import { defineRule, type Rule } from '../rule.ts';
import { qemuDisks, shortName } from './places.ts';
import { setDriverFix } from './repairs.ts';

/** Formats that libvirt has a name for and QEMU no driver, with what is meant by them. */
const WITHOUT_DRIVER: Readonly<Record<string, Phrase>> = {
  iso: phrase`an ISO image is \`raw\``,
  cow: phrase`user-mode Linux had it; convert to \`qcow2\``,
  dir: phrase`a directory is a disk of \`type='dir'\` with the format \`fat\``,
  luks: phrase`an image encrypted as a whole is \`raw\` with an \`<encryption>\` in its source`,
};

/** Types of which it is known that they are not a directory, as the volume of a pool might be. */
const OF_FILES = new Set(['file', 'block', 'network', 'nvme']);

interface Match {
  readonly disk: Disk;
  readonly at: Span;
  readonly name: 'type' | 'name';
  readonly reason: string;
  readonly right: string;
}

function unsupported(disk: Disk): Match[] {
  const matches: Match[] = [];
  const name = driverAttribute(disk, 'name');
  if (name && name.value.trim() !== 'qemu' && name.value.trim() !== '') {
    const reason = say`QEMU's disks have the driver \`qemu\`, not \`${name.value.trim()}\` (tap, phy and file are Xen's)`;
    matches.push({ disk, at: valueSpan(name), name: 'name', reason, right: 'qemu' });
  }
  const type = driverAttribute(disk, 'type');
  const meant = WITHOUT_DRIVER[disk.format ?? ''];
  if (type && meant !== undefined) {
    const reason = say`QEMU has no format \`${disk.format}\`: ${meant}`;
    matches.push({ disk, at: valueSpan(type), name: 'type', reason, right: disk.format === 'cow' ? 'qcow2' : 'raw' });
  } else if (type && disk.format === 'fat' && OF_FILES.has(disk.type)) {
    const reason = say`The format \`fat\` shows a directory, so it is for \`type='dir'\` only`;
    matches.push({ disk, at: valueSpan(type), name: 'type', reason, right: 'raw' });
  } else if (disk.type === 'dir' && disk.source && disk.format !== 'fat') {
    const reason = say`A directory is shown to the guest as a file system of the format \`fat\`, ${type ? say`not` : say`and without one libvirt takes`} \`${disk.format ?? 'raw'}\``;
    const at = type ? valueSpan(type) : placeOf(disk.element, 'type');
    matches.push({ disk, at, name: 'type', reason, right: 'fat' });
  }
  return matches;
}

/** Directories that the guest may write to: QEMU's view of them is read-only. */
function writableDirectories(disk: Disk): boolean {
  return disk.type === 'dir' && disk.format === 'fat' && !disk.readOnly;
}

/** Formats that keep metadata, which a second writer would destroy. */
const WITH_METADATA = new Set('qcow qcow2 qed vmdk vdi vpc vhd bochs cloop dmg ploop'.split(' '));

function unshare(domain: Domain, disk: Disk): Fix[] {
  const shareable = child(disk.element, 'shareable');
  return shareable ? [dropElement(shareable, domain.document)] : [];
}

export const refusals: readonly Rule[] = [
  defineRule<Match>({
    id: 'disk/format-unsupported',
    page: 'disk/format',
    severity: 'error',
    needs: ['disk', 'driver'],
    find: (domain) => qemuDisks(domain).flatMap(unsupported),
    say: ({ at, reason }) => ({ at, message: say`${reason}. libvirt refuses the definition.` }),
    fix: ({ disk, name, right }, domain) => [setDriverFix(domain, disk, name, right)],
  }),
  defineRule<Disk>({
    id: 'disk/writable-directory',
    page: 'disk/format',
    severity: 'error',
    needs: ['disk', '@dir'],
    find: (domain) => qemuDisks(domain).filter(writableDirectories),
    say: (disk) => ({
      at: placeOf(disk.element, 'type'),
      message: say`QEMU shows the directory as a file system that the guest can only read: libvirt refuses ${shortName(disk)} without \`<readonly/>\`. For files to write there is \`<filesystem>\`.`,
    }),
    fix: (disk, { document }) => {
      const target = child(disk.element, 'target');
      return target ? [{ title: say`Add <readonly/>`, edits: insertAfter(target, '<readonly/>', document) }] : [];
    },
  }),
  defineRule<Disk>({
    id: 'disk/shareable-format',
    page: 'disk/format',
    severity: 'error',
    needs: ['shareable'],
    find: (domain) =>
      qemuDisks(domain).filter((disk) => disk.shareable && !disk.readOnly && WITH_METADATA.has(disk.format ?? '')),
    say(disk) {
      const type = attribute(disk.driver, 'type');
      const shareable = child(disk.element, 'shareable');
      return {
        at: type ? valueSpan(type) : nameSpan(disk.element),
        message: say`${shortName(disk)} is shared, and a \`${disk.format}\` image has metadata that two writers destroy: libvirt refuses the definition. Convert it to \`raw\`, or do not share it.`,
        ...(shareable && { related: [{ ...nameSpan(shareable), message: say`Shared with other guests` }] }),
      };
    },
    fix: (disk, domain) => [
      { ...setDriverFix(domain, disk, 'type', 'raw'), title: say`Change type to 'raw' (the image must be converted)` },
      ...unshare(domain, disk),
    ],
  }),
];
