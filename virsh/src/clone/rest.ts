/** Whether the disks of a clone's source are at rest: while a guest writes to them, or has not written all, a copy of them is torn. */
import { say } from '../../../server/src/l10n/say.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { type DomainSituation, readDomains } from '../inventory.ts';
import { failure, type Result, success } from '../result.ts';
import { type CloneWork, ownFailure } from './work.ts';

/** Why disks would be torn, with the way out; undefined where they are at rest. */
export function unrest({
  name,
  state,
  hasManagedSave,
}: Pick<DomainSituation, 'name' | 'state' | 'hasManagedSave'>): string | undefined {
  if (state !== 'shut-off' && state !== 'crashed')
    return say`${name} is not shut off: a copy of its disks now would be torn. Shut it down first.`;
  if (hasManagedSave)
    return say`The memory of ${name} is saved, and with it what the guest has not written to its disks: a copy of them now would be torn. Start it and shut it down first.`;
  return undefined;
}

/** Looks again, because the plan may be hours old, and so may the copies: somebody may have started the source. */
export async function stillAtRest({ plan, source, options }: CloneWork): Promise<Result<void, VirshFailure>> {
  if (plan.method === 'definition') return success(undefined);
  const read = await readDomains(source, options);
  if (!read.ok) return read;
  const now = read.value.find(({ uuid }) => uuid === plan.source.uuid);
  const problem = now ? unrest(now) : say`There is no VM ${plan.source.name} any more.`;
  return problem === undefined ? success(undefined) : failure(ownFailure('changed-meanwhile', problem));
}
