/** Pools that exist only for a moment: over directories that no pool has, so that libvirt can look at their files and copy them. */
import { randomBytes } from 'node:crypto';
import { say } from '../../../server/src/l10n/say.ts';
import { createDirectoryPool, destroyPool } from '../commands/storage.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { failure, type Result } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import { commandByHand } from './byHand.ts';
import { mayHaveHappened, untilFree } from './patience.ts';
import type { TemporaryPool } from './types.ts';

const prefix = 'virtlint-clone-';

/** A pool to be; the host knows nothing of it yet. */
export function nameTemporaryPool(directory: string): TemporaryPool {
  return { name: prefix + randomBytes(6).toString('hex'), directory };
}

/** Whether a pool is one of these: it ends at any moment, so nothing else can rely on it. */
export function isTemporaryPool(name: string): boolean {
  return name.startsWith(prefix);
}

/**
 * Makes the pool. Begun, it is not cancelled: it takes a moment, and a pool that appears after nobody waits for it any more would stay.
 * A failure leaves none behind, or says how to remove it.
 */
export async function makeTemporaryPool(
  runner: Runner,
  pool: TemporaryPool,
  { signal }: RunOptions,
): Promise<Result<void, VirshFailure>> {
  if (signal?.aborted)
    return failure({ kind: 'cancelled', message: say`Cancelled.`, commandLine: '', exitCode: null, stderr: '' });
  const made = await runner.run(createDirectoryPool(pool.name, pool.directory));
  if (made.ok || !mayHaveHappened(made.error)) return made;
  const left = await removeTemporaryPool(runner, pool);
  return left ? failure(left) : made;
}

/** Ends the pool, as soon as libvirt is done with its files, which stay. That it is not there any more is as good. The failure says how to remove it. */
export async function removeTemporaryPool(
  runner: Runner,
  { name, directory }: TemporaryPool,
): Promise<VirshFailure | undefined> {
  const gone = await untilFree(() => runner.run(destroyPool(name)));
  if (gone.ok || gone.error.kind === 'not-found') return undefined;
  const message = say`The temporary storage pool ${name} over ${directory} could not be removed: ${gone.error.message} Remove it with: ${commandByHand(runner.connection, destroyPool(name))} (files stay).`;
  return { ...gone.error, message };
}

/** The directory as a pool may be made over it, without slashes at its end: an absolute one, and none in which the kernel shows itself and its devices. */
export function directoryForPool(text: string): string | undefined {
  const directory = text.replace(/(?<=.)\/+$/, '');
  return directory.startsWith('/') && !/^\/+(?:dev|proc|sys)(?:\/|$)/.test(directory) ? directory : undefined;
}
