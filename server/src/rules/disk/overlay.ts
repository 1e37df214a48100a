/** Options that write beside or into the image, on disks that have nothing to write to. */

import { type Disk, driverAttribute } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { attributeSpan, attributeValue, child, nameSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { dropAttribute, dropElement } from '../fixes.ts';
import { defineRule, type Rule } from '../rule.ts';
import { qemuDisks, shortName } from './places.ts';

interface Transient {
  readonly element: XmlElement;
  readonly reason: string;
}

/** Buses that a disk can be plugged into while the guest runs. */
const PLUGGED = new Set(['usb', 'virtio', 'scsi']);

/** The first reason why a disk cannot be transient, in the order in which libvirt asks. */
function transientReason(disk: Disk): string | undefined {
  if (disk.readOnly) return say`${shortName(disk)} is read-only`;
  if (disk.device !== 'disk') return say`${shortName(disk)} is a ${disk.device}`;
  if (disk.type !== 'file') return say`the source of ${shortName(disk)} is of type \`${disk.type}\``;
  const shares = attributeValue(child(disk.element, 'transient'), 'shareBacking') === 'yes';
  if (shares && disk.bus !== undefined && !PLUGGED.has(disk.bus))
    return say`\`shareBacking\` plugs the disk in after the start, which the bus \`${disk.bus}\` does not know`;
  return undefined;
}

function wrongTransients(disk: Disk): Transient[] {
  const element = child(disk.element, 'transient');
  const reason = transientReason(disk);
  // A vhost-user disk has a refusal of its own for all such options.
  return element && reason !== undefined && disk.type !== 'vhostuser' ? [{ element, reason }] : [];
}

interface Copying {
  readonly at: XmlAttribute;
  readonly kind: string;
}

function wrongCopies(disk: Disk): Copying[] {
  const at = driverAttribute(disk, 'copy_on_read');
  if (at?.value.trim() !== 'on' || disk.type === 'vhostuser') return [];
  if (disk.device !== 'disk') return [{ at, kind: `a ${disk.device}` }];
  return disk.readOnly ? [{ at, kind: say`a read-only disk` }] : [];
}

export const refusals: readonly Rule[] = [
  defineRule<Transient>({
    id: 'disk/transient',
    page: 'disk/overlay',
    severity: 'error',
    needs: ['transient'],
    since: '6.9.0',
    find: (domain) => qemuDisks(domain).flatMap(wrongTransients),
    say: ({ element, reason }) => ({
      at: nameSpan(element),
      message: say`\`<transient/>\` keeps the guest's writes in a temporary file beside the image, so it takes writable disks in files, and ${reason}: libvirt refuses the definition. Remove it.`,
    }),
    fix: ({ element }, domain) => [dropElement(element, domain.document)],
  }),
  defineRule<Copying>({
    id: 'disk/copy-on-read',
    page: 'disk/overlay',
    severity: 'error',
    needs: ['@copy_on_read'],
    since: '0.9.10',
    find: (domain) => qemuDisks(domain).flatMap(wrongCopies),
    say: ({ at, kind }) => ({
      at: attributeSpan(at),
      message: say`\`copy_on_read\` writes what it reads into the image, which ${kind} does not allow: libvirt refuses the definition. Remove it.`,
    }),
    fix: ({ at }, domain) => [dropAttribute(at, domain.document)],
  }),
];
