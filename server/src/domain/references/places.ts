/**
 * Where things are named: one line for every place, by the end of its path; an attribute is written with an `@`, the text of an
 * element without one. Facts: libvirt's formatdomain, formatnetwork, formatstorage, formatsecret, formatsnapshot.
 */
import { attributeValue, child, textOf } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { wholeNumber } from '../numbers.ts';
import { uuidDigits } from '../uuid.ts';
import { busOfAddress, controllerName, controllerOfAddress, pciBus } from './controllerNames.ts';
import type { EntityKind } from './kinds.ts';
import type { SiteRole } from './site.ts';

export interface Place {
  readonly kind: EntityKind;
  readonly role: SiteRole;
  /** The name that a value stands for, spelt in one way; undefined where it stands for none. */
  readonly spell: (value: string, element: XmlElement) => string | undefined;
  /** The value is a set such as `0-3,^2`. */
  readonly isSet?: true;
  /** What the name belongs to. */
  readonly within?: (element: XmlElement) => string | undefined;
}

type Spelling = Place['spell'];
type More = Partial<Pick<Place, 'spell' | 'isSet' | 'within'>>;

const asWritten: Spelling = (value) => value || undefined;
/** In decimal, whatever it begins with; only the indices of controllers have other bases (controllerNames.ts). */
const number: Spelling = (value) => wholeNumber(value)?.toString();
const uuid: Spelling = (value) => uuidDigits(value) || undefined;
const set: More = { spell: number, isSet: true };

const place =
  (role: SiteRole) =>
  (kind: EntityKind, more: More | Spelling = {}): Place => ({
    kind,
    role,
    spell: asWritten,
    ...(typeof more === 'function' ? { spell: more } : more),
  });
const defines = place('definition');
export const refers = place('reference');

const networkAround = ({ parent }: XmlElement) => (parent ? textOf(child(parent, 'name')) || undefined : undefined);
const networkBeside = (element: XmlElement) => attributeValue(element, 'network');
const poolBeside = (element: XmlElement) => attributeValue(element, 'pool');

export const places: Readonly<Record<string, Place>> = {
  'iothreadids/iothread/@id': defines('iothread', number),
  'driver/@iothread': refers('iothread', number),
  'driver/iothreads/iothread/@id': refers('iothread', number),
  'iothreadpin/@iothread': refers('iothread', number),
  'iothreadsched/@iothreads': refers('iothread', set),

  'vcpus/vcpu/@id': defines('vcpu', number),
  'vcpupin/@vcpu': refers('vcpu', number),
  'vcpusched/@vcpus': refers('vcpu', set),
  'cachetune/@vcpus': refers('vcpu', set),
  'memorytune/@vcpus': refers('vcpu', set),
  'monitor/@vcpus': refers('vcpu', set),
  'numa/cell/@cpus': refers('vcpu', set),

  'numa/cell/@id': defines('numa-cell', number),
  'memnode/@cellid': refers('numa-cell', number),
  'distances/sibling/@id': refers('numa-cell', number),
  'interconnects/latency/@initiator': refers('numa-cell', number),
  'interconnects/latency/@target': refers('numa-cell', number),
  'interconnects/bandwidth/@initiator': refers('numa-cell', number),
  'interconnects/bandwidth/@target': refers('numa-cell', number),
  'hugepages/page/@nodeset': refers('numa-cell', set),
  'hostdev/acpi/@nodeset': refers('numa-cell', set),
  'memory/target/node': refers('numa-cell', number),
  'controller/target/node': refers('numa-cell', number),

  'controller/@index': defines('controller', controllerName),
  'address/@controller': refers('controller', controllerOfAddress),
  'address/@bus': refers('controller', busOfAddress),
  'iommu/driver/@pciBus': refers('controller', pciBus),

  'alias/@name': defines('alias'),
  'teaming/@persistent': refers('alias'),
  'qemu:override/qemu:device/@alias': refers('alias'),

  'disk/target/@dev': defines('disk-target'),
  'domainsnapshot/disks/disk/@name': refers('disk-target'),
  'domainsnapshot/revertDisks/disk/@name': refers('disk-target'),
  'domaincheckpoint/disks/disk/@name': refers('disk-target'),
  'domainbackup/disks/disk/@name': refers('disk-target'),

  'devices/audio/@id': defines('audio', number),
  'sound/audio/@id': refers('audio', number),
  'graphics/audio/@id': refers('audio', number),

  'throttlegroup/group_name': defines('throttle-group'),
  'throttlefilter/@group': refers('throttle-group'),
  'iotune/group_name': refers('iotune-group'),

  'network/name': defines('network'),
  'interface/source/@network': refers('network'),
  'listen/@network': refers('network'),
  'network/portgroup/@name': defines('portgroup', { within: networkAround }),
  'interface/source/@portgroup': refers('portgroup', { within: networkBeside }),
  'network/bridge/@name': defines('bridge'),
  'interface/source/@bridge': refers('bridge'),
  'filter/@name': defines('filter'),
  'filterref/@filter': refers('filter'),

  'pool/name': defines('pool'),
  'source/@pool': refers('pool'),
  'volume/name': defines('volume'),
  'source/@volume': refers('volume', { within: poolBeside }),

  'secret/uuid': defines('secret', uuid),
  'secret/@uuid': refers('secret', uuid),
  'secret/usage/name': defines('secret-usage'),
  'secret/usage/target': defines('secret-usage'),
  'secret/usage/volume': defines('secret-usage'),
  'secret/@usage': refers('secret-usage'),

  'shmem/@name': refers('shared-memory'),
  'device/name': defines('node-device'),
  'device/parent': refers('node-device'),
  'adapter/@parent': refers('node-device'),

  'domainsnapshot/name': defines('snapshot'),
  'domainsnapshot/parent/name': refers('snapshot'),
  'domaincheckpoint/name': defines('checkpoint'),
  'domaincheckpoint/parent/name': refers('checkpoint'),
  'domainbackup/incremental': refers('checkpoint'),
};

/** The places that end in an element (`name`) or an attribute (`@id`) of this name, with the names before it, innermost first. */
const byEnd = new Map<string, { readonly above: readonly string[]; readonly place: Place }[]>();
for (const [path, place] of Object.entries(places)) {
  const [end = '', ...above] = path.split('/').reverse();
  byEnd.set(end, [...(byEnd.get(end) ?? []), { above, place }]);
}

/**
 * The place where a name stands.
 * @param end `@` and the name of an attribute of the element; undefined: the element's text
 */
export function placeAt(element: XmlElement, end?: string): Place | undefined {
  const innermost = end === undefined ? element.parent : element;
  return byEnd.get(end ?? element.name)?.find(({ above }) => stands(innermost, above))?.place;
}

function stands(innermost: XmlElement | null, above: readonly string[]): boolean {
  let at = innermost;
  for (const name of above) {
    if (at?.name !== name) return false;
    at = at.parent;
  }
  return true;
}
