/**
 * Carries out the plan of a clone. Whatever ends it early, what it made is removed again, and nothing else: a volume counts as made by it when
 * the name was free just before and libvirt did not refuse the copy; the domain is known by the new UUID. Temporary pools are ended in any
 * case, after the copies in them are removed.
 */
import { say } from '../../../server/src/l10n/say.ts';
import { define, dumpXml, undefine } from '../commands/domain.ts';
import { cloneVolume, deleteVolume, dumpVolume, volumePath } from '../commands/storage.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { compareDefinition, type Difference } from '../preview/readBack.ts';
import { failure, type Result, success } from '../result.ts';
import type { Runner } from '../run/runner.ts';
import { mayHaveHappened, pause, untilFree } from './patience.ts';
import { makeTemporaryPool, removeTemporaryPool } from './temporaryPool.ts';
import { type ClonePlan, copiesOf, type TemporaryPool, type VolumeCopy } from './types.ts';

export interface CloneProgress {
  /** `Copying web.qcow2 to web2.qcow2`. */
  readonly message: string;
  /** Of all bytes to copy, from 0 to 1. */
  readonly fraction: number;
}

export interface CloneOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CloneProgress) => void;
}

export interface ClonedDomain {
  readonly uuid: string;
  /** The definition as libvirt keeps it. */
  readonly storedXml: string;
  /** What libvirt made different from the plan. */
  readonly differences: readonly Difference[];
  /** Temporary pools that could not be ended. */
  readonly left: readonly Leftover[];
}

/** What was made and could not be removed, with the reason. */
export interface Leftover {
  readonly what: string;
  readonly reason: string;
}

export interface CloneFailure {
  readonly cause: VirshFailure;
  /** Paths of copies that were made and removed again. */
  readonly removed: readonly string[];
  readonly left: readonly Leftover[];
}

/** How often the growing copy is looked at. */
const watchMilliseconds = 500;

export async function runClone(
  runner: Runner,
  plan: ClonePlan,
  options: CloneOptions = {},
): Promise<Result<ClonedDomain, CloneFailure>> {
  const pools: TemporaryPool[] = [];
  const outcome = await cloneWith(runner, plan, pools, options);
  const left: Leftover[] = [];
  for (const { name } of pools) {
    const cause = await removeTemporaryPool(runner, name);
    if (cause) left.push({ what: say`the storage pool ${name}`, reason: cause.message });
  }
  return outcome.ok
    ? success({ ...outcome.value, left })
    : failure({ ...outcome.error, left: [...outcome.error.left, ...left] });
}

/** Clones; the temporary pools that it made are put into `pools`. */
async function cloneWith(
  runner: Runner,
  plan: ClonePlan,
  pools: TemporaryPool[],
  options: CloneOptions,
): Promise<Result<Omit<ClonedDomain, 'left'>, CloneFailure>> {
  for (const pool of plan.temporaryPools) {
    const ready = await makeTemporaryPool(runner, pool, signalOf(options));
    if (!ready.ok) return failure({ cause: ready.error, removed: [], left: [] });
    pools.push(pool);
  }
  const made: VolumeCopy[] = [];
  const copies = copiesOf(plan);
  const total = copies.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const copy of copies) {
    const report = (bytes: number): void => {
      const fraction = total === 0 ? 0 : Math.min(1, (done + Math.min(bytes, copy.bytes)) / total);
      options.onProgress?.({ message: say`Copying ${copy.from} to ${copy.to}`, fraction });
    };
    const copied = await copyVolume(runner, copy, made, report, options.signal);
    if (!copied.ok) return failure(await undo(runner, copied.error, made, undefined, options));
    done += copy.bytes;
  }
  options.onProgress?.({ message: say`Defining ${plan.name}`, fraction: 1 });
  const defined = await runner.run(define(plan.xml), signalOf(options));
  if (!defined.ok) {
    const uuid = mayHaveHappened(defined.error) ? plan.uuid : undefined;
    return failure(await undo(runner, defined.error, made, uuid, options));
  }
  const stored = await runner.run(dumpXml(plan.uuid, { inactive: true, secrets: true }));
  if (!stored.ok) return failure(await undo(runner, stored.error, made, plan.uuid, options));
  return success({ uuid: plan.uuid, storedXml: stored.value, differences: compareDefinition(plan.xml, stored.value) });
}

function signalOf({ signal }: CloneOptions): { readonly signal?: AbortSignal } {
  return signal ? { signal } : {};
}

/** Copies one volume. It is put into `made` as soon as the host may have begun with it. */
async function copyVolume(
  runner: Runner,
  copy: VolumeCopy,
  made: VolumeCopy[],
  report: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<Result<void, VirshFailure>> {
  const run = signal ? { signal } : {};
  const present = await runner.run(dumpVolume(copy.pool, copy.to), run);
  if (present.ok) return failure(alreadyThere(runner, copy));
  if (present.error.kind !== 'not-found') return present;
  report(0);
  const watch = new AbortController();
  const watching = watchGrowth(runner, copy, report, watch.signal);
  const cloned = await runner.run(cloneVolume(copy.pool, copy.from, copy.to), run);
  watch.abort();
  await watching;
  if (!cloned.ok) {
    if (mayHaveHappened(cloned.error)) made.push(copy);
    return cloned;
  }
  made.push(copy);
  report(copy.bytes);
  const path = await runner.run(volumePath(copy.pool, copy.to), run);
  if (!path.ok) return path;
  if (path.value === copy.toPath) return success(undefined);
  const message = say`The copy of ${copy.from} is at ${path.value} instead of ${copy.toPath}.`;
  return failure({ kind: 'other', message, commandLine: '', exitCode: null, stderr: '' });
}

function alreadyThere(runner: Runner, copy: VolumeCopy): VirshFailure {
  const message = say`There is already a volume ${copy.toPath} at ${runner.connection.name}. Plan the clone again; nothing was overwritten.`;
  return { kind: 'exists', message, commandLine: '', exitCode: null, stderr: '' };
}

/** Reports how much of the copy is there already. Fails silently: the copying itself tells what is wrong. */
async function watchGrowth(
  runner: Runner,
  copy: VolumeCopy,
  report: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await pause(watchMilliseconds, signal);
    if (signal.aborted) return;
    const volume = await runner.run(dumpVolume(copy.pool, copy.to), { signal });
    // A raw copy has all its space from the beginning, which says nothing.
    if (volume.ok && volume.value.format !== 'raw') report(volume.value.allocation);
  }
}

async function undo(
  runner: Runner,
  cause: VirshFailure,
  made: readonly VolumeCopy[],
  uuid: string | undefined,
  { onProgress }: CloneOptions,
): Promise<CloneFailure> {
  const removed: string[] = [];
  const left: Leftover[] = [];
  if (uuid !== undefined) {
    const gone = await runner.run(undefine(uuid, { nvram: 'keep' }));
    if (!gone.ok && gone.error.kind !== 'not-found')
      left.push({ what: say`the definition ${uuid}`, reason: gone.error.message });
  }
  for (const copy of made) {
    onProgress?.({ message: say`Removing ${copy.to}`, fraction: 1 });
    const gone = await untilFree(() => runner.run(deleteVolume(copy.pool, copy.to)));
    if (gone.ok) removed.push(copy.toPath);
    else if (gone.error.kind !== 'not-found') left.push({ what: copy.toPath, reason: gone.error.message });
  }
  return { cause, removed, left };
}
