/** Finds the volumes behind the disks of a clone, and makes the files that no pool has into volumes for a moment. */
import { say } from '../../../server/src/l10n/say.ts';
import {
  dumpPool,
  dumpVolume,
  dumpVolumeAt,
  listPools,
  listVolumes,
  poolOfPath,
  refreshPool,
} from '../commands/storage.ts';
import type { VirshFailure } from '../failures/explain.ts';
import type { Pool } from '../output/storageXml.ts';
import { type Result, success } from '../result.ts';
import { Batch } from '../run/batch.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import { lookInside } from './outside.ts';
import type { Place } from './places.ts';
import { isTemporaryPool } from './temporaryPool.ts';
import type { CloneSource, PooledVolume } from './types.ts';

/** What is found, before it is given away. */
export interface Findings {
  readonly volumes: Map<string, PooledVolume>;
  readonly unreachable: Map<string, string>;
  readonly pools: Map<string, Pool>;
  readonly takenVolumes: Map<string, ReadonlySet<string>>;
}

export async function findVolumes(
  runner: Runner,
  places: readonly Place[],
  options: RunOptions,
): Promise<Result<Pick<CloneSource, keyof Findings | 'temporaryPools'>, VirshFailure>> {
  const findings: Findings = { volumes: new Map(), unreachable: new Map(), pools: new Map(), takenVolumes: new Map() };
  const outside: string[] = [];
  for (const place of places) {
    const found = await findVolume(runner, place, options);
    if (found.ok && isTemporaryPool(found.value.pool))
      findings.unreachable.set(place.key, beingCloned(found.value.pool));
    else if (found.ok) findings.volumes.set(place.key, found.value);
    else if (found.error.kind === 'unsupported') findings.unreachable.set(place.key, noStorage(runner));
    else if (found.error.kind !== 'not-found') return found;
    else if ('path' in place && place.isFile) outside.push(place.path);
  }
  for (const pool of new Set([...findings.volumes.values()].map((found) => found.pool))) {
    const read = await refreshAndReadPool(runner, pool, options);
    if (!read.ok) return read;
    findings.pools.set(pool, read.value.pool);
    findings.takenVolumes.set(pool, read.value.volumes);
  }
  const looked = await lookInside(runner, outside, findings, options);
  return looked.ok ? success({ ...findings, temporaryPools: looked.value }) : looked;
}

/** A pool, and the names of its volumes. */
export interface ReadPool {
  readonly pool: Pool;
  readonly volumes: ReadonlySet<string>;
}

export async function readPool(
  runner: Runner,
  name: string,
  options: RunOptions,
): Promise<Result<ReadPool, VirshFailure>> {
  const batch = new Batch(runner);
  const answer = addPool(batch, name);
  await batch.send(options);
  return answer;
}

/** What is free, and the files that others made, are seen now. Not while the pool is busy; libvirt overwrites no file in any case. */
export async function refreshAndReadPool(
  runner: Runner,
  name: string,
  options: RunOptions,
): Promise<Result<ReadPool, VirshFailure>> {
  const batch = new Batch(runner);
  const answers = Promise.all([batch.add(refreshPool(name)), addPool(batch, name)]);
  await batch.send(options);
  const [refreshed, read] = await answers;
  const isLookedAt = refreshed.ok || refreshed.error.kind === 'in-use' || refreshed.error.kind === 'read-only';
  return isLookedAt ? read : refreshed;
}

async function addPool(batch: Batch, name: string): Promise<Result<ReadPool, VirshFailure>> {
  const [pool, names] = await Promise.all([batch.add(dumpPool(name)), batch.add(listVolumes(name))]);
  if (!pool.ok) return pool;
  return names.ok ? success({ pool: pool.value, volumes: new Set(names.value) }) : names;
}

function beingCloned(pool: string): string {
  return say`is in a directory from which another clone is being made. Wait for its end; if there is none, remove what it left: virsh pool-destroy ${pool} (files stay).`;
}

function noStorage(runner: Runner): string {
  return say`lies in no active storage pool: libvirt at ${runner.connection.name} has no storage driver. Copy it by hand (qemu-img convert), and define a VM that uses the copy.`;
}

/** The volume at a place; a failure of kind `not-found` where no active pool has it. */
async function findVolume(
  runner: Runner,
  place: Place,
  options: RunOptions,
): Promise<Result<PooledVolume, VirshFailure>> {
  if ('pool' in place) {
    const volume = await runner.run(dumpVolume(place.pool, place.volume), options);
    return volume.ok ? success({ pool: place.pool, volume: volume.value }) : volume;
  }
  const found = await volumeAt(runner, place.path, options);
  if (found.ok || found.error.kind !== 'not-found') return found;
  // A pool does not know the files that were made in its directory since it looked.
  const refreshed = await refreshPoolOver(runner, place.path, options);
  if (!refreshed.ok) return refreshed;
  return refreshed.value ? volumeAt(runner, place.path, options) : found;
}

async function volumeAt(
  runner: Runner,
  path: string,
  options: RunOptions,
): Promise<Result<PooledVolume, VirshFailure>> {
  const batch = new Batch(runner);
  const answers = Promise.all([batch.add(poolOfPath(path)), batch.add(dumpVolumeAt(path))]);
  await batch.send(options);
  const [pool, volume] = await answers;
  if (!pool.ok) return pool;
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
