/** Making, reverting to and deleting snapshots, believed when they are read back. */
import { say } from '../../../server/src/l10n/say.ts';
import { mayHaveHappened, pause } from '../clone/patience.ts';
import type { VirshCommand } from '../command.ts';
import { createSnapshot, deleteSnapshot, type NewSnapshot, revertSnapshot } from '../commands/snapshot.ts';
import { doubtMilliseconds, notKnown, notSeen } from '../failures/doubt.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { readSnapshots, type SnapshotEntry } from '../inventory.ts';
import { failure, type Result, success } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';

/** What the host shows decides, also where libvirt's answer is missing; where that cannot be decided, the failure's message says so. */
type Done = Result<void, VirshFailure>;

export function makeSnapshot(
  runner: Runner,
  uuid: string,
  wanted: NewSnapshot,
  options: RunOptions = {},
): Promise<Done> {
  const { name } = wanted;
  return verified(
    runner,
    uuid,
    createSnapshot(uuid, wanted),
    {
      // It is listed as soon as it is begun, and current when it is there whole.
      isDone: (snapshots, isAnswered) =>
        snapshots.some((entry) => entry.name === name && (isAnswered || entry.isCurrent)),
      otherwise: say`libvirt agreed, but there is no snapshot ${name}.`,
    },
    options,
  );
}

export interface RevertOptions extends RunOptions {
  /** Also where libvirt fears that the guest may not run as it did. */
  readonly isForced?: boolean;
}

export function revertToSnapshot(
  runner: Runner,
  uuid: string,
  name: string,
  { isForced = false, ...options }: RevertOptions = {},
): Promise<Done> {
  return verified(
    runner,
    uuid,
    revertSnapshot(uuid, name, { isForced }),
    {
      isDone: (snapshots) => snapshots.some((entry) => entry.name === name && entry.isCurrent),
      otherwise: say`libvirt agreed, but the VM does not stand on the snapshot ${name}.`,
    },
    options,
  );
}

/** libvirt refuses unless it is told to go on all the same. */
export function wantsForce({ stderr }: VirshFailure): boolean {
  return /revert requires force|requires force/.test(stderr);
}

export function removeSnapshot(runner: Runner, uuid: string, name: string, options: RunOptions = {}): Promise<Done> {
  return verified(
    runner,
    uuid,
    deleteSnapshot(uuid, name),
    {
      isDone: (snapshots) => !snapshots.some((entry) => entry.name === name),
      otherwise: say`libvirt agreed, but the snapshot ${name} is still there.`,
    },
    options,
  );
}

const pollMilliseconds = 300;

interface Proof {
  /** `isAnswered`: libvirt has said that it is done. */
  readonly isDone: (snapshots: readonly SnapshotEntry[], isAnswered: boolean) => boolean;
  /** What is said where libvirt has answered, and it is not so. */
  readonly otherwise: string;
}

async function verified(
  runner: Runner,
  uuid: string,
  command: VirshCommand<void>,
  { isDone, otherwise }: Proof,
  options: RunOptions,
): Promise<Done> {
  const before = await readSnapshots(runner, uuid, options);
  if (!before.ok) return before;
  const changed = await runner.run(command, options);
  if (!changed.ok) {
    if (!mayHaveHappened(changed.error)) return changed;
    // What was so before proves nothing.
    if (isDone(before.value, false)) return failure(notKnown(changed.error));
    return lookPatiently(runner, uuid, (snapshots) => isDone(snapshots, false), changed.error);
  }
  const after = await readSnapshots(runner, uuid);
  if (!after.ok) return after;
  if (isDone(after.value, true)) return success(undefined);
  return failure({ kind: 'other', message: otherwise, commandLine: '', exitCode: null, stderr: '' });
}

/** libvirt may be at it still when its answer has been lost. */
async function lookPatiently(
  runner: Runner,
  uuid: string,
  isDone: (snapshots: readonly SnapshotEntry[]) => boolean,
  doubt: VirshFailure,
): Promise<Done> {
  const options = { signal: AbortSignal.timeout(2 * doubtMilliseconds) };
  const deadline = performance.now() + doubtMilliseconds;
  for (;;) {
    const now = await readSnapshots(runner, uuid, options);
    if (!now.ok) return failure(notKnown(doubt));
    if (isDone(now.value)) return success(undefined);
    if (performance.now() > deadline) return failure(notSeen(doubt));
    await pause(pollMilliseconds);
  }
}
