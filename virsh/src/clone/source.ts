/** Asks a host for everything that the plan of a clone needs. */

import { parseXml } from '../../../server/src/xml/parse.ts';
import { attributeValue, child, childElements, textOf } from '../../../server/src/xml/query.ts';
import { dumpXml } from '../commands/domain.ts';
import {
  dumpPool,
  dumpVolume,
  dumpVolumeAt,
  listPools,
  listVolumes,
  poolOfPath,
  refreshPool,
} from '../commands/storage.ts';
import { type DomainEntry, listDomains } from '../domains.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { parseDomain } from '../output/domainXml.ts';
import { type Result, success } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import { sourceKey } from './copies.ts';
import type { CloneSource, PooledVolume } from './types.ts';

export async function readCloneSource(
  runner: Runner,
  domain: DomainEntry,
  options: RunOptions = {},
): Promise<Result<CloneSource, VirshFailure>> {
  const xml = await runner.run(dumpXml(domain.uuid, { inactive: true, secrets: true }), options);
  if (!xml.ok) return xml;
  const domains = await listDomains(runner, options);
  if (!domains.ok) return domains;
  const definitions = await Promise.all(
    domains.value.map(({ uuid }) => runner.run(dumpXml(uuid, { inactive: true }), options)),
  );
  const takenMacs = definitions.flatMap((definition) =>
    // A domain that has gone in the meantime takes no address.
    definition.ok ? parseDomain(definition.value).interfaces.flatMap(({ mac }) => mac?.toLowerCase() ?? []) : [],
  );
  const volumes = new Map<string, PooledVolume>();
  for (const place of placesOf(xml.value)) {
    const found = await findVolume(runner, place, options);
    if (!found.ok) return found;
    if (found.value) volumes.set(place.key, found.value);
  }
  const takenVolumes = new Map<string, ReadonlySet<string>>();
  for (const pool of new Set([...volumes.values()].map(({ pool }) => pool))) {
    // Files that others made are seen now. Not while the pool is busy; libvirt refuses to overwrite them in any case.
    const refreshed = await runner.run(refreshPool(pool), options);
    if (!refreshed.ok && refreshed.error.kind !== 'in-use' && refreshed.error.kind !== 'read-only') return refreshed;
    const names = await runner.run(listVolumes(pool), options);
    if (!names.ok) return names;
    takenVolumes.set(pool, new Set(names.value));
  }
  const { name, uuid } = domain;
  const state = domains.value.find((entry) => entry.uuid === uuid)?.state ?? 'unknown';
  const takenNames = new Set(domains.value.map((entry) => entry.name));
  return success({
    name,
    uuid,
    state,
    xml: xml.value,
    takenNames,
    takenMacs: new Set(takenMacs),
    volumes,
    takenVolumes,
  });
}

type Place = { readonly key: string } & (
  | { readonly path: string }
  | { readonly pool: string; readonly volume: string }
);

/** Where the files of a definition lie: its disks and its UEFI variables. */
function placesOf(xml: string): readonly Place[] {
  const { root } = parseXml(xml);
  const devices = root && child(root, 'devices');
  const places: Place[] = [];
  for (const disk of devices ? childElements(devices, 'disk') : []) {
    const source = child(disk, 'source');
    const type = attributeValue(disk, 'type') ?? 'file';
    const key = source && sourceKey(type, source);
    if (!source || !key) continue;
    const pool = attributeValue(source, 'pool');
    const volume = attributeValue(source, 'volume');
    places.push(type === 'volume' && pool && volume ? { key, pool, volume } : { key, path: key });
  }
  const nvram = root ? child(root, 'os', 'nvram') : undefined;
  const path = nvram && (attributeValue(child(nvram, 'source'), 'file') ?? textOf(nvram));
  if (path) places.push({ key: path, path });
  return places;
}

/** The volume at a place, or undefined where no active pool has it, or where the driver knows no pools at all. */
async function findVolume(
  runner: Runner,
  place: Place,
  options: RunOptions,
): Promise<Result<PooledVolume | undefined, VirshFailure>> {
  if ('pool' in place) {
    const volume = await runner.run(dumpVolume(place.pool, place.volume), options);
    if (volume.ok) return success({ pool: place.pool, volume: volume.value });
    return isAbsence(volume.error) ? success(undefined) : volume;
  }
  let pool = await runner.run(poolOfPath(place.path), options);
  if (!pool.ok && pool.error.kind === 'not-found') {
    // A pool does not know the files that were made in its directory since it looked.
    const refreshed = await refreshPoolOver(runner, place.path, options);
    if (!refreshed.ok) return refreshed;
    if (refreshed.value) pool = await runner.run(poolOfPath(place.path), options);
  }
  if (!pool.ok) return isAbsence(pool.error) ? success(undefined) : pool;
  const volume = await runner.run(dumpVolumeAt(place.path), options);
  return volume.ok ? success({ pool: pool.value, volume: volume.value }) : volume;
}

/** Lets the pool whose directory has the file look again; false where there is none. */
async function refreshPoolOver(
  runner: Runner,
  file: string,
  options: RunOptions,
): Promise<Result<boolean, VirshFailure>> {
  const folder = file.slice(0, file.lastIndexOf('/'));
  const names = await runner.run(listPools(), options);
  if (!names.ok) return names;
  for (const name of names.value) {
    const pool = await runner.run(dumpPool(name), options);
    if (!pool.ok || pool.value.path !== folder) continue;
    const refreshed = await runner.run(refreshPool(name), options);
    return refreshed.ok ? success(true) : refreshed;
  }
  return success(false);
}

function isAbsence({ kind }: VirshFailure): boolean {
  return kind === 'not-found' || kind === 'unsupported';
}
