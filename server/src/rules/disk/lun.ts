/** device='lun': SCSI pass-through, what it needs, and the attributes that only it has. */

import { type Disk, driverAttribute } from '../../domain/disk.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { removeAttribute, setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, nameSpan, valueSpan } from '../../xml/query.ts';
import type { Span, XmlAttribute } from '../../xml/tree.ts';
import { dropAttribute } from '../fixes.ts';
import { placeOf } from '../refusal.ts';
import { defineRule, type Rule } from '../rule.ts';
import { busPlace, knownBus, qemuDisks, sourcePlace } from './places.ts';
import { setDriverFix } from './repairs.ts';

interface Match {
  readonly disk: Disk;
  readonly at: Span;
  readonly reason: string;
  readonly fixes: (domain: Domain) => Fix[];
}

const LUN_SOURCES = new Set(['block', 'network', 'volume']);
const LUN_BUSES = new Set(['scsi', 'virtio']);
const LUN_ONLY = ['rawio', 'sgio'];

/** An ordinary disk instead, without the attributes that only a LUN has. */
function asDisk(domain: Domain, disk: Disk): Fix {
  const { document } = domain;
  const only = LUN_ONLY.flatMap((name) => attribute(disk.element, name) ?? []);
  return {
    title: say`Change device to 'disk'`,
    edits: [
      ...setAttribute(disk.element, 'device', 'disk', document),
      ...only.flatMap((one) => removeAttribute(one, document)),
    ],
  };
}

/** The first thing that keeps a LUN from being one, in the order in which libvirt asks. */
function objections(disk: Disk): Match[] {
  if (disk.device !== 'lun') return [];
  const toDisk = (domain: Domain): Fix[] => [asDisk(domain, disk)];
  const protocol = attributeValue(disk.source, 'protocol');
  if (!LUN_SOURCES.has(disk.type)) {
    const reason = say`a source of type \`${disk.type}\` has none to pass on; it takes a block device, an iSCSI LUN or a volume`;
    return [{ disk, at: placeOf(disk.element, 'device'), reason, fixes: toDisk }];
  }
  if (!disk.source) {
    const at = placeOf(disk.element, 'device');
    return [{ disk, at, reason: say`there is no \`<source>\` that names one`, fixes: toDisk }];
  }
  if (disk.type === 'network' && protocol !== undefined && protocol !== 'iscsi') {
    const at = disk.source ? placeOf(disk.source, 'protocol') : sourcePlace(disk);
    return [{ disk, at, reason: say`the protocol \`${protocol}\` carries none, only \`iscsi\` does`, fixes: toDisk }];
  }
  const type = driverAttribute(disk, 'type');
  if (type && disk.format !== 'raw') {
    const reason = say`the format is \`${disk.format}\`, and a real unit is \`raw\``;
    const fixes = (domain: Domain): Fix[] => [setDriverFix(domain, disk, 'type', 'raw'), asDisk(domain, disk)];
    return [{ disk, at: valueSpan(type), reason, fixes }];
  }
  const bus = knownBus(disk);
  if (bus !== undefined && !LUN_BUSES.has(bus))
    return [{ disk, at: busPlace(disk), reason: say`the bus \`${bus}\` carries none; use \`scsi\``, fixes: toDisk }];
  return [];
}

interface LunOnly {
  readonly at: XmlAttribute;
  readonly isLun: boolean;
  readonly isGone: boolean;
}

/** rawio and sgio off a LUN, and the unfiltered SG_IO that left the kernel. */
function lunOnly(disk: Disk): LunOnly[] {
  return LUN_ONLY.flatMap((name) => attribute(disk.element, name) ?? [])
    .map((at) => ({
      at,
      isLun: disk.device === 'lun',
      isGone: at.name === 'sgio' && at.value.trim() === 'unfiltered',
    }))
    .filter(({ isGone, isLun }) => isGone || !isLun);
}

export const refusals: readonly Rule[] = [
  defineRule<Match>({
    id: 'disk/lun-needs-block',
    page: 'disk/lun',
    severity: 'error',
    needs: ['disk', '@device'],
    since: '0.9.10',
    find: (domain) => qemuDisks(domain).flatMap(objections),
    say: ({ disk, at, reason }) => ({
      at,
      message: say`\`device='lun'\` passes the guest's SCSI commands on to a real unit, but ${reason}: libvirt refuses the definition.`,
      related: [{ ...placeOf(disk.element, 'device'), message: say`Pass-through is asked for here` }],
    }),
    fix: ({ fixes }, domain) => fixes(domain),
  }),
  defineRule<LunOnly>({
    id: 'disk/rawio-sgio',
    page: 'disk/lun',
    severity: 'error',
    needs: ['@rawio|@sgio'],
    since: '0.9.10',
    find: (domain) => qemuDisks(domain).flatMap(lunOnly),
    say: ({ at, isGone, isLun }) => ({
      at: isGone && isLun ? valueSpan(at) : { start: at.nameStart, end: at.nameEnd },
      message: isGone
        ? say`Unfiltered SG_IO left the Linux kernel, so libvirt refuses \`sgio='unfiltered'\`. Remove the attribute.`
        : say`\`${at.name}\` is for \`device='lun'\` only: libvirt refuses it on any other disk. Remove it.`,
      related: [{ ...nameSpan(at.parent), message: say`The disk` }],
    }),
    fix: ({ at }, domain) => [dropAttribute(at, domain.document)],
  }),
];
