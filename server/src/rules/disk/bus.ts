/** Buses that a machine, a device or an address cannot be combined with. */

import type { Disk } from '../../domain/disk.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { Span, XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { placeOf } from '../refusal.ts';
import { defineRule, type Rule } from '../rule.ts';
import { busPlace, knownBus, qemuDisks, shortName } from './places.ts';
import { moveToBus } from './repairs.ts';

/** Machines without an IDE controller that also cannot be given one. */
function lacksIde(domain: Domain): boolean {
  return domain.isQemu && (domain.isQ35 || /^(virt|pseries|s390-ccw)/.test(domain.machine ?? ''));
}

/** The bus to go to: SATA and SCSI for media on PCs and elsewhere, virtio for hard disks. */
function moveTo(domain: Domain, disk: Disk, bus: string): Fix {
  const title = say`Move to ${bus}`;
  return { title, edits: moveToBus(domain, disk, bus) };
}

function mediaBus(domain: Domain): string {
  return domain.isX86 ? 'sata' : 'scsi';
}

interface IdeUser {
  readonly at: Span;
  readonly fix: (domain: Domain) => Fix;
}

/** Disks on IDE and IDE controllers, on a machine that has none. */
function ideUsers(domain: Domain): IdeUser[] {
  if (!lacksIde(domain)) return [];
  const controllers = domain.devices('controller').filter((one) => attributeValue(one, 'type') === 'ide');
  return [
    ...domain.disks
      .filter((disk) => disk.bus === 'ide')
      .map((disk): IdeUser => {
        const keepsKind = disk.device === 'cdrom' || (domain.isX86 && !disk.readOnly);
        const bus = keepsKind ? mediaBus(domain) : 'virtio';
        return { at: busPlace(disk), fix: (whole) => moveTo(whole, disk, bus) };
      }),
    ...controllers.map(
      (one): IdeUser => ({ at: placeOf(one, 'type'), fix: (whole) => dropElement(one, whole.document) }),
    ),
  ];
}

interface WrongBus {
  readonly disk: Disk;
  readonly message: string;
  readonly to: string;
}

/** Drives with media on a bus that cannot eject, floppies off their controller, disks on it. */
function mediaOnWrongBus(domain: Domain): WrongBus[] {
  return qemuDisks(domain).flatMap((disk): WrongBus[] => {
    const { device } = disk;
    const bus = knownBus(disk);
    if (!bus) return [];
    if (device === 'floppy' && bus !== 'fdc')
      return [{ disk, message: say`A floppy drive is possible on the bus \`fdc\` only, not on \`${bus}\``, to: 'fdc' }];
    if (device !== 'floppy' && bus === 'fdc')
      return [
        {
          disk,
          message: say`The bus \`fdc\` takes floppy drives only, not \`device='${device}'\``,
          to: device === 'cdrom' ? mediaBus(domain) : 'virtio',
        },
      ];
    if (device === 'cdrom' && (bus === 'virtio' || bus === 'sd'))
      return [{ disk, message: say`A drive on the bus \`${bus}\` cannot eject its medium`, to: mediaBus(domain) }];
    return [];
  });
}

/** Address types that each bus takes. */
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  ide: ['drive'],
  sata: ['drive'],
  scsi: ['drive'],
  fdc: ['drive'],
  usb: ['usb'],
  virtio: ['pci', 'ccw', 'virtio-mmio'],
};
/** The types that are certainly of another bus; a type unknown here may be newer than this list. */
const KNOWN_ADDRESSES = new Set(
  'pci drive usb ccw virtio-mmio isa spapr-vio ccid virtio-serial dimm unassigned'.split(' '),
);

interface WrongAddress {
  readonly disk: Disk;
  readonly address: XmlElement;
  readonly type: XmlAttribute;
  readonly right: readonly string[];
}

function wrongAddresses(disk: Disk): WrongAddress[] {
  const address = child(disk.element, 'address');
  const type = attribute(address, 'type');
  const right = ADDRESSES[disk.bus ?? ''];
  const told = type?.value.trim() ?? '';
  if (!address || !type || !right || right.includes(told) || !KNOWN_ADDRESSES.has(told)) return [];
  return [{ disk, address, type, right }];
}

export const refusals: readonly Rule[] = [
  defineRule<IdeUser>({
    id: 'disk/ide-on-q35',
    page: 'disk/bus',
    severity: 'error',
    needs: ['disk|controller'],
    find: ideUsers,
    say: ({ at }, domain) => ({
      at,
      message: say`The machine \`${domain.machine}\` has no IDE controller and cannot be given one: libvirt refuses the definition. Use \`sata\` (\`virtio\` for speed), or the machine \`pc\` for old guests.`,
    }),
    fix: ({ fix }, domain) => [fix(domain)],
  }),
  defineRule<Disk>({
    id: 'disk/readonly-ide-sata',
    page: 'disk/bus',
    severity: 'error',
    needs: ['disk', 'readonly'],
    find: (domain) =>
      qemuDisks(domain).filter(
        (disk) =>
          disk.device === 'disk' &&
          disk.readOnly &&
          disk.type !== 'vhostuser' &&
          (disk.bus === 'sata' || (disk.bus === 'ide' && !lacksIde(domain))),
      ),
    say(disk) {
      const readonly = child(disk.element, 'readonly');
      return {
        at: readonly ? nameSpan(readonly) : busPlace(disk),
        message: say`An ATA hard disk cannot be write-protected, so libvirt refuses \`<readonly/>\` on the bus \`${disk.bus}\`. Put ${shortName(disk)} on \`virtio\` or \`scsi\`, or make it a cdrom.`,
        related: [{ ...busPlace(disk), message: say`The bus` }],
      };
    },
    fix: (disk, domain) => [moveTo(domain, disk, 'virtio'), moveTo(domain, disk, 'scsi')],
  }),
  defineRule<WrongBus>({
    id: 'disk/cdrom-on-virtio',
    page: 'disk/bus',
    severity: 'error',
    needs: ['disk'],
    find: mediaOnWrongBus,
    say: ({ disk, message, to }) => ({
      at: busPlace(disk),
      message: say`${message}: libvirt refuses the definition. Use \`${to}\`.`,
    }),
    fix: ({ disk, to }, domain) => [moveTo(domain, disk, to)],
  }),
  defineRule<WrongAddress>({
    id: 'disk/address-type',
    page: 'disk/bus',
    severity: 'error',
    needs: ['disk', 'address'],
    find: (domain) => qemuDisks(domain).flatMap(wrongAddresses),
    say: ({ disk, type, right }) => ({
      at: valueSpan(type),
      message: say`A disk on the bus \`${disk.bus}\` has an address of type ${right.map((one) => `\`${one}\``).join(say` or `)}, not \`${type.value.trim()}\`: libvirt refuses the definition. Remove \`<address>\`, and libvirt finds a place.`,
      related: [{ ...busPlace(disk), message: say`The bus` }],
    }),
    fix: ({ address }, domain) => [dropElement(address, domain.document)],
  }),
];
