/** Which disks of a domain could be deleted with it: volumes of a pool that nobody else uses. */
import { say } from '../../../server/src/l10n/say.ts';
import { dumpVolume, dumpVolumeAt, poolOfPath } from '../commands/storage.ts';
import type { DomainEntry } from '../domains.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { type DiskSummary, parseDomain } from '../output/domainXml.ts';
import type { Volume } from '../output/storageXml.ts';
import { type Result, success } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import { readUses, type Users, type Uses } from './diskUsers.ts';

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

/** The disks of a definition, judged by what the other domains and the volumes of the host use. */
export async function readDisks(
  runner: Runner,
  xml: string,
  others: readonly DomainEntry[],
  options: RunOptions = {},
): Promise<Disks> {
  const disks: Placed[] = [];
  for (const disk of parseDomain(xml).disks) {
    const { source } = disk;
    if (source !== undefined) disks.push({ ...disk, source, place: await placeOf(runner, disk, options) });
  }
  const uses = disks.some(({ place }) => place) ? await readUses(runner, others, options) : nobody;
  const volumes: VolumeBelonging[] = [];
  const staying: StayingDisk[] = [];
  for (const disk of disks) {
    const { target, source, place } = disk;
    const why = reasonToStay(disk, uses);
    if (why !== undefined) staying.push({ target, source, why });
    else if (place) {
      const { name: volume, path, allocation } = place.volume;
      volumes.push({ kind: 'volume', target, path, pool: place.pool, volume, allocation });
    }
  }
  return { volumes, staying };
}

interface Placed extends DiskSummary {
  readonly source: string;
  readonly place: Place | undefined;
}

const nobody = success<Uses>({ domains: new Map(), volumes: new Map() });

function reasonToStay(
  { device, readOnly, source, place }: Placed,
  uses: Result<Uses, VirshFailure>,
): string | undefined {
  if (device !== 'disk' || readOnly) return say`it is a medium that the guest only reads`;
  if (!place) return say`it is in no active storage pool, so libvirt does not delete it`;
  if (!uses.ok) return say`nobody can tell who else uses it: ${uses.error.message}`;
  const names = [source, place.volume.path, `${place.pool}/${place.volume.name}`];
  const of = (users: Users): readonly string[] => [...new Set(names.flatMap((name) => users.get(name) ?? []))];
  const [domains, volumes] = [of(uses.value.domains), of(uses.value.volumes)];
  if (domains.length > 0) return say`used by ${domains.join(say`, `)} as well`;
  return volumes.length > 0 ? say`${volumes.join(say`, `)} is built upon it` : undefined;
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
