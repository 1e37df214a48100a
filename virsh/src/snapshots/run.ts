/** Making, reverting to and deleting snapshots, believed when they are read back. */
import { say } from '../../../server/src/l10n/say.ts';
import { createSnapshot, deleteSnapshot, type NewSnapshot, revertSnapshot } from '../commands/snapshot.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { readSnapshots, type SnapshotEntry } from '../inventory.ts';
import { failure, type Result, success } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';

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
    () => runner.run(createSnapshot(uuid, wanted), options),
    (snapshots) => snapshots.some((entry) => entry.name === name),
    say`libvirt agreed, but there is no snapshot ${name}.`,
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
    () => runner.run(revertSnapshot(uuid, name, { isForced }), options),
    (snapshots) => snapshots.some((entry) => entry.name === name && entry.isCurrent),
    say`libvirt agreed, but the VM does not stand on the snapshot ${name}.`,
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
    () => runner.run(deleteSnapshot(uuid, name), options),
    (snapshots) => !snapshots.some((entry) => entry.name === name),
    say`libvirt agreed, but the snapshot ${name} is still there.`,
  );
}

async function verified(
  runner: Runner,
  uuid: string,
  change: () => Promise<Done>,
  isDone: (snapshots: readonly SnapshotEntry[]) => boolean,
  otherwise: string,
): Promise<Done> {
  const changed = await change();
  if (!changed.ok) return changed;
  const after = await readSnapshots(runner, uuid);
  if (!after.ok) return after;
  if (isDone(after.value)) return success(undefined);
  return failure({ kind: 'other', message: otherwise, commandLine: '', exitCode: null, stderr: '' });
}
