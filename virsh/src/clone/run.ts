/** Carries out the plan of a clone. Whatever ends it early, what it made is removed again, and nothing else. */
import { say } from '../../../server/src/l10n/say.ts';
import { define, dumpXml } from '../commands/domain.ts';
import type { VirshFailure } from '../failures/explain.ts';
import type { Host } from '../host.ts';
import { compareDefinition, type Difference } from '../preview/readBack.ts';
import { failure, type Result, success } from '../result.ts';
import type { RunOptions } from '../run/runner.ts';
import { copyVolume } from './copyVolume.ts';
import { type Leftover, takeBack } from './made.ts';
import { mayHaveHappened } from './patience.ts';
import { stillAtRest } from './rest.ts';
import { makeTemporaryPool } from './temporaryPool.ts';
import { type ClonePlan, copiesOf } from './types.ts';
import { type CloneProgress, type CloneWork, cancelled } from './work.ts';

export interface CloneOptions extends RunOptions {
  /** The host that the plan was made for; the source's own where it is left out. */
  readonly target?: Host;
  readonly onProgress?: (progress: CloneProgress) => void;
  /** How long a host that does not answer is given to come back for the cleaning up, in milliseconds. */
  readonly patience?: number;
}

export interface ClonedDomain {
  readonly uuid: string;
  /** The definition as libvirt keeps it. */
  readonly storedXml: string;
  /** What libvirt made different from the plan. */
  readonly differences: readonly Difference[];
  /** What was made for the way and could not be removed. */
  readonly left: readonly Leftover[];
}

export interface CloneFailure {
  readonly cause: VirshFailure;
  /** Paths of copies that were made and removed again. */
  readonly removed: readonly string[];
  readonly left: readonly Leftover[];
}

export async function runClone(
  source: Host,
  plan: ClonePlan,
  options: CloneOptions = {},
): Promise<Result<ClonedDomain, CloneFailure>> {
  const { target = source, signal, onProgress, patience } = options;
  const expected = plan.target ?? source.connection.name;
  if (target.connection.name !== expected) throw new RangeError(`the plan is one for ${expected}`);
  const stalePools = new Set(copiesOf(plan).map(({ pool }) => pool));
  const work: CloneWork = { plan, source, target, made: [], stalePools, options: signal ? { signal } : {} };
  const outcome = await cloneWith(work, onProgress).catch(async (fault: unknown) => {
    // A fault of our own leaves nothing behind either.
    await takeBack(work.made, patience === undefined ? {} : { patience });
    throw fault;
  });
  const { removed, left } = await takeBack(
    work.made.filter(({ isTemporary }) => isTemporary || !outcome.ok),
    {
      onStep: (what) => onProgress?.({ message: say`Removing ${what}`, fraction: 1 }),
      ...(patience === undefined ? {} : { patience }),
    },
  );
  return outcome.ok ? success({ ...outcome.value, left }) : failure({ cause: outcome.error, removed, left });
}

async function cloneWith(
  work: CloneWork,
  onProgress: CloneOptions['onProgress'],
): Promise<Result<Omit<ClonedDomain, 'left'>, VirshFailure>> {
  const { plan, source, target, made, options } = work;
  const calm = await stillAtRest(work);
  if (!calm.ok) return calm;
  for (const pool of plan.temporaryPools) {
    const host = pool.on === 'target' ? target : source;
    const ready = await makeTemporaryPool(host, pool, options);
    if (!ready.ok) return ready;
    made.push({ kind: 'pool', host, isTemporary: true, name: pool.name });
  }
  const copies = copiesOf(plan);
  const total = copies.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const copy of copies) {
    const share = total === 0 ? 1 / copies.length : copy.bytes / total;
    const before = done;
    const copied = await copyVolume(work, copy, (progress) =>
      onProgress?.({ ...progress, fraction: Math.min(1, before + share * progress.fraction) }),
    );
    if (!copied.ok) return copied;
    done += share;
  }
  const still = copies.length > 0 ? await stillAtRest(work) : calm;
  return still.ok ? defineClone(work, onProgress) : still;
}

/** Begun, it is not cancelled: it takes a moment. */
async function defineClone(
  { plan, target, made, options }: CloneWork,
  onProgress: CloneOptions['onProgress'],
): Promise<Result<Omit<ClonedDomain, 'left'>, VirshFailure>> {
  const { name, uuid, xml } = plan;
  if (options.signal?.aborted) return cancelled();
  onProgress?.({ message: say`Defining ${name}`, fraction: 1 });
  const defined = await target.run(define(xml));
  if (defined.ok || mayHaveHappened(defined.error))
    made.push({ kind: 'domain', host: target, isTemporary: false, uuid, name });
  if (!defined.ok) return defined;
  const stored = await target.run(dumpXml(uuid, { inactive: true, secrets: true }));
  if (!stored.ok) return stored;
  return success({ uuid, storedXml: stored.value, differences: compareDefinition(xml, stored.value) });
}
