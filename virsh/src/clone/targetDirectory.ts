/** A directory of the other host that takes the disks of a clone although no pool has it. */
import { say } from '../../../server/src/l10n/say.ts';
import type { VirshFailure } from '../failures/explain.ts';
import type { Host } from '../host.ts';
import { failure, type Result, success } from '../result.ts';
import type { RunOptions } from '../run/runner.ts';
import { directoryForPool, makeTemporaryPool, nameTemporaryPool, removeTemporaryPool } from './temporaryPool.ts';
import type { CloneTarget } from './types.ts';
import { readPool } from './volumes.ts';
import { ownFailure } from './work.ts';

export interface TargetDirectory {
  /** With the directory's pool. */
  readonly target: CloneTarget;
  /** Name of the pool: one that libvirt has over the directory, or a temporary one that the clone will make. */
  readonly pool: string;
}

/**
 * Looks at what is in the directory, and how much is free there, through a pool that is ended again before the answer: planning leaves nothing behind.
 * The directory has to exist.
 */
export async function readTargetDirectory(
  host: Host,
  target: CloneTarget,
  text: string,
  options: RunOptions = {},
): Promise<Result<TargetDirectory, VirshFailure>> {
  const directory = directoryForPool(text.trim());
  if (directory === undefined || directory === '/')
    return failure(ownFailure('other', say`${text} is no absolute path of a directory that takes disks.`));
  const known = [...target.pools.values()].find(({ path }) => path === directory);
  if (known) return success({ target, pool: known.name });
  const pool = nameTemporaryPool(directory);
  const made = await makeTemporaryPool(host, pool, options);
  if (!made.ok) return made;
  const read = await readPool(host, pool.name, options);
  const left = await removeTemporaryPool(host, pool);
  if (left) return failure(left);
  if (!read.ok) return read;
  return success({
    pool: pool.name,
    target: {
      ...target,
      pools: new Map([...target.pools, [pool.name, read.value.pool]]),
      takenVolumes: new Map([...target.takenVolumes, [pool.name, read.value.volumes]]),
      temporaryPools: [...target.temporaryPools, pool],
    },
  });
}
