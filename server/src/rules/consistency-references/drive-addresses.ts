/** Places on IDE, SATA, SCSI and floppy controllers that are taken, or that are not there. */
import { controllersOf } from '../../domain/controllers.ts';
import { freeTargetNames, parseTargetName } from '../../domain/diskTarget.ts';
import type { Domain } from '../../domain/domain.ts';
import {
  DRIVE_PARTS,
  type DriveBus,
  type DriveNumbers,
  type DrivePlace,
  driveKey,
  drivePlaces,
  placeOfIndex,
  placeOfName,
} from '../../domain/driveAddresses.ts';
import { platform } from '../../domain/platform.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { Span } from '../../xml/tree.ts';
import { renameDisk } from '../disk/repairs.ts';
import { dropElement } from '../fixes.ts';
import { placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'consistency-references/drive-addresses';

type Table = Readonly<Record<string, Partial<DriveNumbers>>>;

/** The highest number of each part that libvirt takes (qemuValidateDomainDeviceDefAddressDrive). */
const REFUSED: Table = {
  ide: { controller: 0, target: 0 },
  fdc: { controller: 0, bus: 0, target: 0 },
  sata: { bus: 0, target: 0 },
  scsi: { bus: 0 },
  lsilogic: { bus: 0, target: 0 },
};
/** What QEMU takes besides: with more, the guest does not start. */
const UNSTARTED: Table = {
  ide: { bus: 1, unit: 1 },
  fdc: { unit: 1 },
  sata: { unit: 5 },
  lsilogic: { unit: 6 },
};
const NAMES: Readonly<Record<DriveBus, string>> = { ide: 'IDE', sata: 'SATA', scsi: 'SCSI', fdc: 'floppy' };

/** Other machines than the PC of the i440fx may have other IDE controllers, or none. */
function judges(on: DriveBus, domain: Domain): boolean {
  return on !== 'ide' || platform(domain).machine === 'i440fx';
}

/** The rows of the tables: the bus, and the model of the SCSI controller. */
function rowsOf({ on, controller }: DrivePlace, domain: Domain): readonly string[] {
  if (on !== 'scsi') return [on];
  const models = domain.keep(
    'SCSI models',
    () => new Map(controllersOf(domain, 'scsi').map(({ index, model }) => [index, model])),
  );
  const model = models.get(controller);
  return model === 'lsilogic' ? [on, model] : [on];
}

function limitsOf(place: DrivePlace, domain: Domain, tables: readonly Table[]): Partial<DriveNumbers> {
  let limits: Partial<DriveNumbers> = {};
  for (const row of rowsOf(place, domain)) for (const table of tables) limits = { ...limits, ...table[row] };
  return limits;
}

/** Of drives that have an address: names that lead beyond a controller are `disk/target-beyond`. */
function* outOfRange(domain: Domain, table: Table, consequence: string): Generator<Refused> {
  for (const place of drivePlaces(domain)) {
    if (!place.address || !judges(place.on, domain)) continue;
    const limits = limitsOf(place, domain, [table]);
    const part = DRIVE_PARTS.find((one) => place[one] > (limits[one] ?? Number.POSITIVE_INFINITY));
    if (part === undefined) continue;
    const most = limits[part] ?? 0;
    yield {
      at: spanOf(place, part),
      message: say`${NAMES[place.on]} drives have \`${part}\` ${most === 0 ? '0' : say`0 to ${most}`}, and not ${place[part]}: ${consequence}.`,
      get fixes() {
        return [settled(place, domain)];
      },
    };
  }
}

function* duplicates(domain: Domain): Generator<Refused> {
  const seen = new Map<string, DrivePlace>();
  for (const place of drivePlaces(domain)) {
    const key = driveKey(place.on, place);
    const first = seen.get(key);
    if (!first) {
      seen.set(key, place);
      continue;
    }
    const { controller, bus, target, unit } = place;
    const where = say`controller ${controller}, bus ${bus}, target ${target}, unit ${unit}`;
    yield {
      at: spanOf(place, 'unit'),
      message: say`Two ${NAMES[place.on]} drives are at ${where}${place.address && first.address ? '' : say`; a disk without an address gets it from the letters of its name`}. libvirt refuses the definition.`,
      related: [
        relatedTo(
          spanOf(first, 'unit'),
          say`${first.disk ? `\`${first.disk.target}\`` : say`The device of the host`} is there already`,
        ),
      ],
      get fixes() {
        return [settled(place, domain)];
      },
    };
  }
}

/** A part of the address, else the name that the place follows from. */
function spanOf({ address, device }: DrivePlace, part: string): Span {
  const name = attribute(child(device, 'target'), 'dev');
  if (address) return placeOf(address, part);
  return name ? valueSpan(name) : nameSpan(device);
}

/** Without the address where the disk's name then gives a free place, else at the next free place, else under another name. */
function settled(place: DrivePlace, domain: Domain): Fix | undefined {
  const { on, disk, address } = place;
  const taken = new Set(drivePlaces(domain).map((one) => driveKey(one.on, one)));
  const isFree = (numbers: DriveNumbers | undefined) => {
    if (!numbers || taken.has(driveKey(on, numbers))) return false;
    const limits = limitsOf({ ...place, ...numbers }, domain, [REFUSED, UNSTARTED]);
    return DRIVE_PARTS.every((part) => numbers[part] <= (limits[part] ?? Number.POSITIVE_INFINITY));
  };
  const name = disk?.target;
  if (address) {
    if (name !== undefined && isFree(placeOfName(on, name)))
      return dropElement(address, domain.document, say`Remove <address>: the place follows from the name`);
    return moved(place, isFree, domain);
  }
  const prefix = name === undefined ? undefined : parseTargetName(name)?.prefix;
  if (!disk || prefix === undefined) return undefined;
  const names = new Set(domain.disks.flatMap((one) => one.target ?? []));
  let tries = 0;
  for (const free of freeTargetNames(prefix, names)) {
    if (isFree(placeOfName(on, free))) return { title: say`Rename to ${free}`, edits: renameDisk(domain, disk, free) };
    if (tries++ > names.size + 8) return undefined;
  }
}

/** At the next unit of the first controller that has one. */
function moved(
  { address, ...place }: DrivePlace,
  isFree: (numbers: DriveNumbers) => boolean,
  domain: Domain,
): Fix | undefined {
  if (!address) return undefined;
  for (let index = 0; index <= drivePlaces(domain).length; index++) {
    const numbers = placeOfIndex(place.on, index);
    if (!isFree(numbers)) continue;
    const edits = DRIVE_PARTS.filter((part) => place[part] !== numbers[part]).flatMap((part) =>
      attributeValue(address, part) === undefined && numbers[part] === 0
        ? []
        : setAttribute(address, part, String(numbers[part]), domain.document),
    );
    return { title: say`Move to controller ${numbers.controller}, unit ${numbers.unit}`, edits };
  }
  return undefined;
}

export const refusals: readonly Rule[] = [
  refusal('consistency-references/drive-address-range', page, (domain) =>
    outOfRange(domain, REFUSED, say`libvirt refuses the definition`),
  ),
  refusal(
    'consistency-references/drive-unit',
    page,
    (domain) => outOfRange(domain, UNSTARTED, say`libvirt lets it pass, and QEMU does not start the guest`),
    { atStart: true, needs: ['address'] },
  ),
  refusal('consistency-references/drive-address-duplicate', page, duplicates, { needs: ['disk|hostdev'] }),
];
