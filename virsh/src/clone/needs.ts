/** What a clone on another host needs there in the place of what the source has on its own: pools for its disks, networks for its interfaces. */
import { parseXml } from '../../../server/src/xml/parse.ts';
import { attributeValue, child, childElements } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { isNetworkDevice } from '../migration/checkInterfaces.ts';
import { placesOf } from './places.ts';
import type { CloneSource, CloneTarget } from './types.ts';

/** What an interface is plugged into: a virtual network, a bridge, or a network device of the host (`direct`). */
export interface NetworkPlace {
  readonly type: 'network' | 'bridge' | 'direct';
  readonly name: string;
}

export interface Needs {
  /** Names of pools of the source's host; directories of files that are in none. */
  readonly pools: readonly string[];
  readonly networks: readonly NetworkPlace[];
}

/** What takes the place of what: pools by the names in `Needs`, networks by `networkKey`. */
export interface Placement {
  readonly pools: ReadonlyMap<string, string>;
  readonly networks: ReadonlyMap<string, NetworkPlace>;
}

export const networkKey = ({ type, name }: NetworkPlace): string => `${type} ${name}`;

/** The attribute of `<source>` that names the place, by the interface's type. */
export const networkAttributes: Readonly<Record<NetworkPlace['type'], string>> = {
  network: 'network',
  bridge: 'bridge',
  direct: 'dev',
};

/** What an interface is plugged into; undefined for the types that name nothing that another host could have. */
export function networkOf(element: XmlElement): NetworkPlace | undefined {
  const type = attributeValue(element, 'type');
  if (type !== 'network' && type !== 'bridge' && type !== 'direct') return undefined;
  const name = attributeValue(child(element, 'source'), networkAttributes[type]);
  return name === undefined ? undefined : { type, name };
}

/** How `Needs` calls the pool of a volume. */
export function poolNeed({ temporaryPools }: Pick<CloneSource, 'temporaryPools'>, pool: string): string {
  return temporaryPools.find(({ name }) => name === pool)?.directory ?? pool;
}

export function needsOf(source: CloneSource): Needs {
  const { root } = parseXml(source.xml);
  const devices = root && child(root, 'devices');
  const networks = (devices ? childElements(devices, 'interface') : []).flatMap((one) => networkOf(one) ?? []);
  // UEFI variables go where the disks go.
  const disks = placesOf(source.xml, { isElsewhere: true }).filter(({ isFirmware }) => !isFirmware);
  const pool = (key: string): string[] => {
    const found = source.volumes.get(key);
    return found ? [poolNeed(source, found.pool)] : [];
  };
  return {
    pools: [...new Set(disks.flatMap(({ key }) => pool(key)))],
    networks: [...new Map(networks.map((place) => [networkKey(place), place])).values()],
  };
}

/** What the target has under the same name (of a directory: the pool over it), and it is active. What is left has to be asked for. */
export function placeByName(source: CloneSource, target: CloneTarget): { placement: Placement; open: Needs } {
  const needs = needsOf(source);
  const pools = new Map(needs.pools.flatMap((need) => matchingPool(need, target)));
  const networks = new Map(
    needs.networks.filter((place) => hasNetwork(target, place)).map((place) => [networkKey(place), place]),
  );
  const open: Needs = {
    pools: needs.pools.filter((need) => !pools.has(need)),
    networks: needs.networks.filter((place) => !networks.has(networkKey(place))),
  };
  return { placement: { pools, networks }, open };
}

function matchingPool(need: string, { pools }: CloneTarget): (readonly [string, string])[] {
  if (pools.has(need)) return [[need, need]];
  const over = [...pools.values()].find(({ path }) => path === need);
  return over ? [[need, over.name]] : [];
}

function hasNetwork({ networks, facts }: CloneTarget, { type, name }: NetworkPlace): boolean {
  if (type === 'network') return networks.includes(name);
  return facts.target.networkDevices?.some((device) => isNetworkDevice(device, name)) ?? false;
}
