/** Who needs a disk's image besides its own domain. Where that cannot be told, it is a failure: nobody is not the same as unknown. */
import { dumpXml } from '../commands/domain.ts';
import { dumpVolume, listPools, listVolumes } from '../commands/storage.ts';
import type { DomainEntry } from '../domains.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { diskSourcesOf } from '../output/domainXml.ts';
import { type Result, success } from '../result.ts';
import { Batch } from '../run/batch.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import { isActive } from './verbs.ts';

/** Names, by the path or `POOL/VOLUME` of what is used. */
export type Users = ReadonlyMap<string, readonly string[]>;

export interface Uses {
  /** Domains that use an image. */
  readonly domains: Users;
  /** Volumes that are built upon one. */
  readonly volumes: Users;
}

/** On a whole host, but for the domains that are left out of `others`. */
export async function readUses(
  runner: Runner,
  others: readonly DomainEntry[],
  options: RunOptions = {},
): Promise<Result<Uses, VirshFailure>> {
  const domains = await readUsers(runner, others, options);
  if (!domains.ok) return domains;
  const volumes = await readBuilders(runner, options);
  return volumes.ok ? success({ domains: domains.value, volumes: volumes.value }) : volumes;
}

/** As many commands as fit on one line of virsh with room to spare. */
const commandsAtATime = 200;

/** What domains will have at their next start, and what those that run have now. */
async function readUsers(
  runner: Runner,
  others: readonly DomainEntry[],
  options: RunOptions,
): Promise<Result<Users, VirshFailure>> {
  const dumps = others.flatMap((domain) =>
    (isActive(domain) ? [true, false] : [true]).map((inactive) => ({ ...domain, inactive })),
  );
  const users = new Map<string, Set<string>>();
  for (let first = 0; first < dumps.length; first += commandsAtATime) {
    const some = dumps.slice(first, first + commandsAtATime);
    const batch = new Batch(runner);
    const answers = Promise.all(some.map(({ uuid, inactive }) => batch.add(dumpXml(uuid, { inactive }))));
    await batch.send(options);
    for (const [index, dumped] of (await answers).entries()) {
      // It was removed just now.
      if (!dumped.ok && dumped.error.kind === 'not-found') continue;
      if (!dumped.ok) return dumped;
      for (const source of diskSourcesOf(dumped.value)) add(users, source, some[index]?.name ?? '');
    }
  }
  return success(asLists(users));
}

/** In all active pools: an overlay need not lie beside its base. */
async function readBuilders(runner: Runner, options: RunOptions): Promise<Result<Users, VirshFailure>> {
  const builders = new Map<string, Set<string>>();
  const pools = await runner.run(listPools(), options);
  if (!pools.ok) return pools;
  for (const pool of pools.value) {
    const listed = await runner.run(listVolumes(pool), options);
    // A pool, or below a volume, that has gone just now.
    if (!listed.ok && listed.error.kind === 'not-found') continue;
    if (!listed.ok) return listed;
    for (let first = 0; first < listed.value.length; first += commandsAtATime) {
      const names = listed.value.slice(first, first + commandsAtATime);
      const batch = new Batch(runner);
      const answers = Promise.all(names.map((name) => batch.add(dumpVolume(pool, name))));
      await batch.send(options);
      for (const read of await answers) {
        if (!read.ok && read.error.kind === 'not-found') continue;
        if (!read.ok) return read;
        if (read.value.backingPath !== undefined) add(builders, read.value.backingPath, read.value.name);
      }
    }
  }
  return success(asLists(builders));
}

function add(users: Map<string, Set<string>>, source: string, name: string): void {
  users.set(source, (users.get(source) ?? new Set()).add(name));
}

const asLists = (users: ReadonlyMap<string, ReadonlySet<string>>): Users =>
  new Map([...users].map(([source, names]) => [source, [...names]]));
