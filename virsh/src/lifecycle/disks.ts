/** Which disks of a domain could be deleted with it: volumes of a pool that nobody else uses. */
import { say } from '../../../server/src/l10n/say.ts';
import { dumpXml } from '../commands/domain.ts';
import { dumpVolume, dumpVolumeAt, listVolumes, poolOfPath } from '../commands/storage.ts';
import { type DiskSummary, parseDomain } from '../output/domainXml.ts';
import type { Volume } from '../output/storageXml.ts';
import { Batch } from '../run/batch.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import type { DomainReference } from './run.ts';

export interface VolumeBelonging {
  readonly kind: 'volume';
  /** The disk's target: `vda`. */
  readonly target: string;
  readonly path: string;
  readonly pool: string;
  readonly volume: string;
  /** Bytes that it takes on the host. */
  readonly allocation: number;
}

/** A disk that stays whatever is chosen. */
export interface StayingDisk {
  readonly target: string;
  readonly source: string;
  /** A sentence without its end: `web2 uses it as well`. */
  readonly why: string;
}

export interface Disks {
  readonly volumes: readonly VolumeBelonging[];
  readonly staying: readonly StayingDisk[];
}

/** The disks of a definition, judged by what the other domains and the other volumes of the host use. */
export async function readDisks(
  runner: Runner,
  xml: string,
  others: readonly DomainReference[],
  options: RunOptions = {},
): Promise<Disks> {
  const volumes: VolumeBelonging[] = [];
  const staying: StayingDisk[] = [];
  const users = await usersOfSources(runner, others, options);
  const builders = new Map<string, ReadonlyMap<string, readonly string[]>>();
  for (const disk of parseDomain(xml).disks) {
    const { target, device, source, readOnly } = disk;
    if (source === undefined) continue;
    const found = await placeOf(runner, disk, options);
    const pool = found?.pool;
    if (pool !== undefined && !builders.has(pool)) builders.set(pool, await buildersOn(runner, pool, options));
    const sharers = new Set([...(users.get(source) ?? []), ...((found && users.get(found.volume.path)) ?? [])]);
    const upon = (found && builders.get(found.pool)?.get(found.volume.path)) ?? [];
    const stay = (why: string): void => void staying.push({ target, source, why });
    if (device !== 'disk' || readOnly) stay(say`it is a medium that the guest only reads`);
    else if (sharers.size > 0) stay(say`used by ${[...sharers].join(say`, `)} as well`);
    else if (!found) stay(say`it is in no active storage pool, so libvirt does not delete it`);
    else if (upon.length > 0) stay(say`${upon.join(say`, `)} is built upon it`);
    else {
      const { name: volume, path, allocation } = found.volume;
      volumes.push({ kind: 'volume', target, path, pool: found.pool, volume, allocation });
    }
  }
  return { volumes, staying };
}

interface Place {
  readonly pool: string;
  readonly volume: Volume;
}

/** The disk's volume, by its pool and name or by its path, where a pool has it. */
async function placeOf(runner: Runner, disk: DiskSummary, options: RunOptions): Promise<Place | undefined> {
  const { type, source = '' } = disk;
  if (type === 'volume') {
    const slash = source.indexOf('/');
    const pool = source.slice(0, slash);
    const volume = await runner.run(dumpVolume(pool, source.slice(slash + 1)), options);
    return volume.ok ? { pool, volume: volume.value } : undefined;
  }
  if (!source.startsWith('/')) return undefined;
  const pool = await runner.run(poolOfPath(source), options);
  const volume = pool.ok ? await runner.run(dumpVolumeAt(source), options) : undefined;
  return pool.ok && volume?.ok ? { pool: pool.value, volume: volume.value } : undefined;
}

/** As many commands as fit on one line of virsh with room to spare. */
const commandsAtATime = 200;

/** Which domains use a disk, by its source. A domain that cannot be read is passed over: it was removed just now. */
async function usersOfSources(
  runner: Runner,
  others: readonly DomainReference[],
  options: RunOptions,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const users = new Map<string, string[]>();
  for (let first = 0; first < others.length; first += commandsAtATime) {
    const batch = new Batch(runner);
    const some = others.slice(first, first + commandsAtATime);
    const answers = Promise.all(some.map(({ uuid }) => batch.add(dumpXml(uuid, { inactive: true }))));
    await batch.send(options);
    for (const [index, dumped] of (await answers).entries()) {
      const name = some[index]?.name;
      if (!dumped.ok || name === undefined) continue;
      for (const { source } of parseDomain(dumped.value).disks)
        if (source !== undefined) users.set(source, [...(users.get(source) ?? []), name]);
    }
  }
  return users;
}

/** Names of the volumes of a pool that are built upon another file, by that file's path. */
async function buildersOn(
  runner: Runner,
  pool: string,
  options: RunOptions,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const builders = new Map<string, string[]>();
  const listed = await runner.run(listVolumes(pool), options);
  const names = listed.ok ? listed.value : [];
  for (let first = 0; first < names.length; first += commandsAtATime) {
    const batch = new Batch(runner);
    const answers = Promise.all(
      names.slice(first, first + commandsAtATime).map((name) => batch.add(dumpVolume(pool, name))),
    );
    await batch.send(options);
    for (const read of await answers) {
      if (!read.ok || read.value.backingPath === undefined) continue;
      const { name, backingPath } = read.value;
      builders.set(backingPath, [...(builders.get(backingPath) ?? []), name]);
    }
  }
  return builders;
}
