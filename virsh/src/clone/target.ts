/** Asks the host that a clone goes to for everything that the plan needs to know of it. It changes nothing there but lets pools look again. */
import { listNetworks } from '../commands/network.ts';
import { dumpPool, listPools } from '../commands/storage.ts';
import type { DomainEntry } from '../domains.ts';
import type { VirshFailure } from '../failures/explain.ts';
import type { Host } from '../host.ts';
import { readMigrationFacts } from '../migration/read.ts';
import type { Pool } from '../output/storageXml.ts';
import { type Result, success } from '../result.ts';
import type { RunOptions } from '../run/runner.ts';
import { readTaken } from './taken.ts';
import { isTemporaryPool } from './temporaryPool.ts';
import type { CloneTarget } from './types.ts';
import { refreshAndReadPool } from './volumes.ts';

/** Pools in which a volume is a file: what arrives becomes an image in them as it is. */
const filePools: ReadonlySet<string> = new Set(['dir', 'fs', 'netfs']);

export async function readCloneTarget(
  source: Host,
  domain: DomainEntry,
  target: Host,
  options: RunOptions = {},
): Promise<Result<CloneTarget, VirshFailure>> {
  const [facts, taken, pools, networks] = await Promise.all([
    readMigrationFacts(source, domain, target, options),
    readTaken(target, options),
    readFilePools(target, options),
    target.run(listNetworks('active'), options),
  ]);
  if (!facts.ok) return facts;
  if (!taken.ok) return taken;
  if (!pools.ok) return pools;
  if (!networks.ok && networks.error.kind === 'cancelled') return networks;
  return success({
    name: target.connection.name,
    taken: taken.value,
    ...pools.value,
    temporaryPools: [],
    // A driver without networks has none to choose.
    networks: networks.ok ? networks.value : [],
    facts: facts.value,
  });
}

async function readFilePools(
  target: Host,
  options: RunOptions,
): Promise<Result<Pick<CloneTarget, 'pools' | 'takenVolumes'>, VirshFailure>> {
  const names = await target.run(listPools(), options);
  if (!names.ok && names.error.kind !== 'unsupported') return names;
  const batch = target.batch();
  const dumps = (names.ok ? names.value : [])
    .filter((name) => !isTemporaryPool(name))
    .map((name) => batch.add(dumpPool(name)));
  await batch.send(options);
  const pools = new Map<string, Pool>();
  const takenVolumes = new Map<string, ReadonlySet<string>>();
  for (const { type, path, name } of (await Promise.all(dumps)).flatMap((dump) => (dump.ok ? [dump.value] : []))) {
    if (!filePools.has(type) || path === undefined) continue;
    const read = await refreshAndReadPool(target, name, options);
    if (!read.ok) return read;
    pools.set(name, read.value.pool);
    takenVolumes.set(name, read.value.volumes);
  }
  return success({ pools, takenVolumes });
}
