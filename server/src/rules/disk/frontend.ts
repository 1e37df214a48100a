/** What the guest sees of a disk: its model, geometry and identity, on the buses that carry them. */
import type { Disk } from '../../domain/disk.ts';
import { freeTargetName, parseTargetName, prefixOfBus } from '../../domain/diskTarget.ts';
import type { Domain } from '../../domain/domain.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlDocument } from '../../xml/tree.ts';
import { dropAttribute, dropElement } from '../fixes.ts';
import { machinePlace, type RefusalOptions, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';
import { busPlace, qemuDisks, shortName } from './places.ts';
import { moveToBus, renameDisk, setDriverFix, takenTargets } from './repairs.ts';

const page = 'disk/frontend';

/** disk/@model, and the bus that it belongs to. */
const BUS_OF_MODEL: Readonly<Record<string, string>> = {
  virtio: 'virtio',
  'virtio-transitional': 'virtio',
  'virtio-non-transitional': 'virtio',
  'usb-storage': 'usb',
  'usb-bot': 'usb',
};

function busOf(disk: Disk) {
  return relatedTo(busPlace(disk), say`The bus`);
}

function* wrongModels(disk: Disk, document: XmlDocument): Iterable<Refused> {
  const model = attribute(disk.element, 'model');
  const bus = BUS_OF_MODEL[model?.value.trim() ?? ''];
  if (!model || bus === undefined || disk.bus === undefined || disk.bus === bus) return;
  yield {
    at: valueSpan(model),
    message: say`\`model='${model.value.trim()}'\` is a kind of \`${bus}\` disk; on the bus \`${disk.bus}\` libvirt refuses it. Remove it, or put ${shortName(disk)} on \`${bus}\`.`,
    related: [busOf(disk)],
    fixes: [dropAttribute(model, document)],
  };
}

/** Cylinders, heads and sectors count where all three are there; the translation is one of the BIOS's IDE disks. */
function* wrongGeometry(disk: Disk, document: XmlDocument): Iterable<Refused> {
  const geometry = child(disk.element, 'geometry');
  const isWhole = ['cyls', 'heads', 'secs'].every((name) => wholeNumber(attributeValue(geometry, name)));
  if (!geometry || !isWhole || disk.bus === undefined || disk.type === 'vhostuser') return;
  const trans = attribute(geometry, 'trans');
  if (disk.bus === 'usb' || disk.bus === 'sd')
    yield {
      at: nameSpan(geometry),
      message: say`A disk on the bus \`${disk.bus}\` has no geometry that one could set: libvirt refuses the definition. Remove \`<geometry>\`.`,
      related: [busOf(disk)],
      fixes: [dropElement(geometry, document)],
    };
  else if (trans && disk.bus !== 'ide')
    yield {
      at: valueSpan(trans),
      message: say`The BIOS translates the geometry of IDE disks alone; on the bus \`${disk.bus}\` libvirt refuses \`trans\`. Remove it.`,
      related: [busOf(disk)],
      fixes: [dropAttribute(trans, document)],
    };
}

/** Identity that a LUN brings along, or that an SD card has not. */
function* wrongIdentity(disk: Disk, document: XmlDocument): Iterable<Refused> {
  const isLun = disk.device === 'lun';
  const refused =
    isLun && disk.bus === 'scsi' ? ['serial', 'wwn', 'vendor', 'product'] : disk.bus === 'sd' ? ['serial'] : [];
  for (const name of refused) {
    const element = child(disk.element, name);
    if (!element) continue;
    yield {
      at: nameSpan(element),
      message: isLun
        ? say`\`device='lun'\` shows the guest the unit as it is, with its own \`<${name}>\`: libvirt refuses another one. Remove it.`
        : say`An SD card has no \`<${name}>\` that one could set: libvirt refuses it. Remove it.`,
      related: [busOf(disk)],
      fixes: [dropElement(element, document)],
    };
  }
}

/** Buses of other hypervisors, which QEMU has no device for. */
const FOREIGN = new Set(['xen', 'uml']);

function* foreignBuses(disk: Disk, _: XmlDocument, domain: Domain): Iterable<Refused> {
  if (disk.bus === undefined || !FOREIGN.has(disk.bus)) return;
  yield {
    at: busPlace(disk),
    message: say`QEMU has no disk for the bus \`${disk.bus}\`, which is another hypervisor's: the definition is stored, but the guest does not start. Use \`virtio\`.`,
    fixes: [{ title: say`Move to virtio`, edits: moveToBus(domain, disk, 'virtio') }],
  };
}

function* floppyOfPseries(disk: Disk, document: XmlDocument, domain: Domain): Iterable<Refused> {
  if (disk.device !== 'floppy' || !/^pseries/.test(domain.machine ?? '')) return;
  yield {
    at: nameSpan(disk.element),
    message: say`The machine \`${domain.machine}\` has no floppy drive: libvirt refuses the definition. Remove it, or make it a cdrom.`,
    related: machinePlace(domain),
    fixes: [dropElement(disk.element, document)],
  };
}

/** How many drives the only controller of a bus has, by the names that stand for its places. */
const PLACES: Readonly<Record<string, number>> = { ide: 4, fdc: 2 };

/** A name that stands for a place on a second controller, which these buses have not. */
function* namesBeyond(disk: Disk, _: XmlDocument, domain: Domain): Iterable<Refused> {
  const name = attribute(child(disk.element, 'target'), 'dev');
  const bus = disk.bus ?? '';
  const places = PLACES[bus];
  if (places === undefined) return;
  const { prefix, letters = '' } = parseTargetName(disk.target ?? '') ?? {};
  const isBeyond = letters.length > 1 || letters.charCodeAt(0) - 97 >= places;
  if (!name || !isBeyond || prefix !== prefixOfBus(bus)) return;
  if (child(disk.element, 'address') || !domain.isI440fx) return;
  const free = freeTargetName(prefix ?? 'hd', undefined, takenTargets(domain));
  const isFree = free.charCodeAt(2) - 97 < places && free.length === 3;
  yield {
    at: valueSpan(name),
    message: say`\`${disk.target}\` stands for a drive on a second controller, and the bus \`${bus}\` has one with ${places} places: libvirt refuses the definition.${isFree ? say` \`${free}\` is free.` : say` Use another bus.`}`,
    fixes: [
      isFree ? { title: say`Rename to ${free}`, edits: renameDisk(domain, disk, free) } : undefined,
      disk.device === 'disk' ? { title: say`Move to virtio`, edits: moveToBus(domain, disk, 'virtio') } : undefined,
    ],
  };
}

/** qcow2 that keeps discarded clusters allocated: nothing for other formats, nor for what is not written. */
function* wrongUnref(disk: Disk, document: XmlDocument): Iterable<Refused> {
  const at = attribute(disk.driver, 'discard_no_unref');
  const isRaw = disk.format !== undefined && disk.format !== 'qcow2';
  if (at?.value.trim() !== 'on' || (!isRaw && !disk.readOnly)) return;
  yield {
    at: valueSpan(at),
    message: say`\`discard_no_unref\` keeps clusters of a \`qcow2\` image that the guest discards; ${isRaw ? say`with \`${disk.format}\`` : say`on a read-only disk`} libvirt refuses it. Remove it.`,
    fixes: [dropAttribute(at, document)],
  };
}

/** A vDPA device has no cache of the host, and libvirt wants that said. */
function* cachedVdpa(disk: Disk, _: XmlDocument, domain: Domain): Iterable<Refused> {
  const cache = attributeValue(disk.driver, 'cache');
  if (disk.type !== 'vhostvdpa' || cache === 'none' || cache === 'directsync') return;
  const at = attribute(disk.driver, 'cache');
  yield {
    at: at ? valueSpan(at) : nameSpan(disk.driver ?? disk.element),
    message: say`A vDPA device is reached past the host's page cache: libvirt refuses the definition unless \`cache\` is \`none\` or \`directsync\`.`,
    fixes: [setDriverFix(domain, disk, 'cache', 'none')],
  };
}

export const refusals: readonly Rule[] = [
  each('disk/model-bus', wrongModels, { since: '5.1.0', needs: ['disk', '@model'] }),
  each('disk/geometry', wrongGeometry, { since: '0.9.13', needs: ['geometry'] }),
  each('disk/identity', wrongIdentity, { since: '0.9.10', needs: ['serial|wwn|vendor|product'] }),
  each('disk/foreign-bus', foreignBuses, { needs: ['disk'] }),
  each('disk/floppy-on-pseries', floppyOfPseries, { needs: ['disk', '@device'] }),
  each('disk/target-beyond', namesBeyond, { needs: ['disk', 'target'] }),
  each('disk/discard-no-unref', wrongUnref, { since: '9.5.0', needs: ['@discard_no_unref'] }),
  each('disk/vdpa-cache', cachedVdpa, { since: '9.8.0', needs: ['disk', '@type'] }),
];

function each(
  id: string,
  wrong: (disk: Disk, document: XmlDocument, domain: Domain) => Iterable<Refused>,
  options: RefusalOptions = {},
): Rule {
  return refusal(
    id,
    page,
    (domain) => qemuDisks(domain).flatMap((disk) => [...wrong(disk, domain.document, domain)]),
    options,
  );
}
