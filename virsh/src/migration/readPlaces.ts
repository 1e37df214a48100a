/** Asks a host in which of its pools paths lie. */
import { dumpPool, poolOfPath } from '../commands/storage.ts';
import type { Host } from '../host.ts';
import type { RunOptions } from '../run/runner.ts';

/** Types of the pools that have the volumes at the paths. */
export async function poolTypes(
  host: Host,
  paths: readonly string[],
  options: RunOptions,
): Promise<ReadonlyMap<string, string>> {
  const names = host.batch();
  const found = paths.map((path) => names.add(poolOfPath(path)));
  await names.send(options);
  const poolNames = await Promise.all(found);
  const pools = host.batch();
  const dumps = new Map(
    [...new Set(poolNames.flatMap((name) => (name.ok ? [name.value] : [])))].map((name) => [
      name,
      pools.add(dumpPool(name)),
    ]),
  );
  await pools.send(options);
  const types = new Map<string, string>();
  for (const [at, path] of paths.entries()) {
    const name = poolNames[at];
    const pool = name?.ok ? await dumps.get(name.value) : undefined;
    if (pool?.ok) types.set(path, pool.value.type);
  }
  return types;
}

/** Names of pools of directories, by the directory. */
export async function poolDirectories(
  host: Host,
  names: readonly string[],
  options: RunOptions,
): Promise<ReadonlyMap<string, string>> {
  const batch = host.batch();
  const asked = names.map((name) => batch.add(dumpPool(name)));
  await batch.send(options);
  const pools = await Promise.all(asked);
  return new Map(
    pools.flatMap((pool) => {
      const { name, type, path } = pool.ok ? pool.value : { name: '', type: '', path: undefined };
      return path !== undefined && directoryPools.has(type) ? [[path, name] as const] : [];
    }),
  );
}

/** Pools in which libvirt makes a file where it is asked for one. */
const directoryPools: ReadonlySet<string> = new Set(['dir', 'fs', 'netfs']);
