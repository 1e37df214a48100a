/** Looks whether a name is free before something is made under it. */
import { say } from '../../../server/src/l10n/say.ts';
import { dumpVolume } from '../commands/storage.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { failure, type Result, success } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import { ownFailure } from './work.ts';

/** No volume has the name. That somebody else takes it in the next moment libvirt itself notices. */
export async function isFree(
  host: Runner,
  pool: string,
  name: string,
  path: string,
  options: RunOptions,
): Promise<Result<void, VirshFailure>> {
  const present = await host.run(dumpVolume(pool, name), options);
  if (present.ok) {
    const message = say`There is already a volume ${path} at ${host.connection.name}. Plan the clone again; nothing was overwritten.`;
    return failure(ownFailure('exists', message));
  }
  return present.error.kind === 'not-found' ? success(undefined) : present;
}
