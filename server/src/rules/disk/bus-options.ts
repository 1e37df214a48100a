/** Options that only some buses have: each row names the option, where it stands, and what libvirt takes it on. */

import type { Disk } from '../../domain/disk.ts';
import type { Domain } from '../../domain/domain.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import type { Fix } from '../../finding.ts';
import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { setText } from '../../xml/edits.ts';
import { attribute, attributeSpan, child, nameSpan, textOf, textSpan } from '../../xml/query.ts';
import type { Span, XmlAttribute } from '../../xml/tree.ts';
import { dropAttribute, dropElement } from '../fixes.ts';
import { defineRule, type Rule } from '../rule.ts';
import { busPlace, knownBus, qemuDisks } from './places.ts';

interface Match {
  readonly disk: Disk;
  readonly at: Span;
  readonly message: string;
  readonly fix: (domain: Domain) => Fix;
}

/** Attributes of driver that belong to the virtio transport. */
const VIRTIO_OPTIONS = ['queues', 'queue_size', 'ioeventfd', 'event_idx', 'iommu', 'ats', 'packed', 'page_per_vq'];

function virtioOptions(disk: Disk): Match[] {
  const bus = knownBus(disk);
  if (bus === undefined || bus === 'virtio') return [];
  return VIRTIO_OPTIONS.flatMap((name) => attribute(disk.driver, name) ?? [])
    .filter((at) => wholeNumber(at.value) !== 0) // libvirt reads a number of 0 as "not set"
    .map((at) => ({
      disk,
      at: attributeSpan(at),
      message: say`\`${at.name}\` is an option of virtio disks; on the bus \`${bus}\` libvirt refuses it. Remove it, or put the disk on \`virtio\`.`,
      fix: (domain: Domain) => dropAttribute(at, domain.document),
    }));
}

/** Inquiry data: the buses that carry it; the length that a SCSI product name may have. */
const INQUIRY: readonly (readonly [string, readonly string[], Phrase])[] = [
  ['vendor', ['scsi'], phrase`SCSI disks`],
  ['product', ['scsi', 'ide', 'sata'], phrase`SCSI disks (IDE and SATA ones since libvirt 11.1.0)`],
  ['wwn', ['scsi', 'ide'], phrase`SCSI and IDE disks`],
];
const SCSI_PRODUCT = 16;

function inquiryData(disk: Disk): Match[] {
  const bus = knownBus(disk);
  if (bus === undefined || disk.type === 'vhostuser') return [];
  return INQUIRY.flatMap(([name, buses, owners]): Match[] => {
    const element = child(disk.element, name);
    if (!element) return [];
    const fix = (domain: Domain): Fix => dropElement(element, domain.document);
    if (!buses.includes(bus))
      return [
        {
          disk,
          at: nameSpan(element),
          message: say`Only ${owners} have a \`<${name}>\`; on the bus \`${bus}\` libvirt refuses it. Remove it; to tell disks apart there is \`<serial>\`.`,
          fix,
        },
      ];
    const { length } = textOf(element);
    return name === 'product' && bus === 'scsi' && length > SCSI_PRODUCT
      ? [
          {
            disk,
            at: textSpan(element),
            message: say`The product name of a SCSI disk has room for ${SCSI_PRODUCT} characters, not ${length}: libvirt refuses it. Shorten it.`,
            fix: () => ({
              title: say`Shorten to ${SCSI_PRODUCT} characters`,
              edits: setText(element, textOf(element).slice(0, SCSI_PRODUCT)),
            }),
          },
        ]
      : [];
  });
}

/** An attribute of target, the disks that take it, and who they are. */
interface TargetFlag {
  readonly name: string;
  readonly allowed: (disk: Disk) => boolean;
  readonly owners: Phrase;
}

const TARGET_FLAGS: readonly TargetFlag[] = [
  {
    name: 'removable',
    allowed: (disk) => disk.bus === 'usb' || (disk.bus === 'scsi' && disk.device === 'disk'),
    owners: phrase`USB disks (SCSI ones in later releases)`,
  },
  {
    name: 'tray',
    allowed: (disk) => disk.device === 'cdrom' || disk.device === 'floppy',
    owners: phrase`cdrom and floppy`,
  },
  {
    name: 'rotation_rate',
    allowed: (disk) => ['scsi', 'ide', 'sata'].includes(disk.bus ?? '') && disk.device === 'disk',
    owners: phrase`SCSI, IDE and SATA hard disks`,
  },
];

function saysNothing(at: XmlAttribute): boolean {
  return at.name === 'tray' ? at.value.trim() === 'closed' : wholeNumber(at.value) === 0;
}

function targetFlags(disk: Disk): Match[] {
  if (knownBus(disk) === undefined) return [];
  return TARGET_FLAGS.flatMap(({ name, allowed, owners }): Match[] => {
    const at = attribute(child(disk.element, 'target'), name);
    if (!at || allowed(disk) || saysNothing(at)) return [];
    const isDevice = name === 'tray' || (name === 'rotation_rate' && disk.device !== 'disk');
    const what = isDevice ? `\`device='${disk.device}'\`` : say`the bus \`${disk.bus}\``;
    const message = say`\`${name}\` is for ${owners}; with ${what} libvirt refuses the definition. Remove it.`;
    return [{ disk, at: attributeSpan(at), message, fix: (domain) => dropAttribute(at, domain.document) }];
  });
}

function refusal(id: string, matches: (disk: Disk) => Match[], since: string, needs: readonly string[]): Rule {
  return defineRule<Match>({
    id,
    page: 'disk/bus-options',
    severity: 'error',
    since,
    needs,
    find: (domain) => qemuDisks(domain).flatMap(matches),
    say: ({ disk, at, message }) => ({ at, message, related: [{ ...busPlace(disk), message: say`The bus` }] }),
    fix: ({ fix }, domain) => [fix(domain)],
  });
}

export const refusals: readonly Rule[] = [
  refusal('disk/virtio-only-attributes', virtioOptions, '3.9.0', ['disk', 'driver']),
  refusal('disk/vendor-product', inquiryData, '1.0.1', ['vendor|product|wwn']),
  refusal('disk/removable', targetFlags, '1.1.3', ['@removable|@tray|@rotation_rate']),
];
