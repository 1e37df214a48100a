/** Looks whether a name is free before something is made under it. */
import { say } from '../../../server/src/l10n/say.ts';
import { dumpVolume, refreshPool } from '../commands/storage.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { failure, type Result, success } from '../result.ts';
import { Batch } from '../run/batch.ts';
import { type CloneWork, ownFailure } from './work.ts';

/**
 * No volume of the target has the name. What others have put there since the plan must not be taken for ours, so a pool looks again before its first
 * answer; one that is busy refuses that. That somebody else takes the name in the next moment libvirt itself notices.
 */
export async function isFree(
  { target, stalePools, options }: CloneWork,
  pool: string,
  name: string,
  path: string,
): Promise<Result<void, VirshFailure>> {
  const batch = new Batch(target);
  if (stalePools.delete(pool)) void batch.add(refreshPool(pool));
  const answer = batch.add(dumpVolume(pool, name));
  await batch.send(options);
  const present = await answer;
  if (present.ok) {
    const message = say`There is already a volume ${path} at ${target.connection.name}. Plan the clone again; nothing was overwritten.`;
    return failure(ownFailure('exists', message));
  }
  return present.error.kind === 'not-found' ? success(undefined) : present;
}
