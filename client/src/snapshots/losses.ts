/** What is lost by going back to a snapshot or by deleting one, and what is kept by making one: in sentences, before anything is done. */
import { say } from '../../../server/src/l10n/say.ts';
import type { SnapshotDetails } from '../../../virsh/src/index.ts';

export interface Situation {
  /** The guest has a process on the host. */
  readonly isActive: boolean;
  /** libvirt's release on the host, `9.0.0`; undefined where it is not known. */
  readonly library: string | undefined;
}

/** The release from which libvirt can go back to snapshots that lie in files of their own. */
const EXTERNAL_REVERT = [9, 9];

export function revertLosses(snapshot: SnapshotDetails, { isActive, library }: Situation): readonly string[] {
  const since = snapshot.created ? say` since ${snapshot.created.toLocaleString()}` : say` since it was made`;
  return [
    say`Everything written to its disks${since} is lost. Make a snapshot of now first if you may want it back.`,
    ...(isActive ? [say`The running system is replaced: what it holds in memory is lost.`] : []),
    say`The definition becomes that of the snapshot; changes made to it since then go.`,
    afterwards(snapshot, isActive),
    ...(snapshot.isExternal && isOlder(library, EXTERNAL_REVERT)
      ? [say`It lies in files of its own; libvirt ${library} cannot go back to such a snapshot and will refuse.`]
      : []),
  ];
}

function afterwards({ hasMemory, state }: SnapshotDetails, isActive: boolean): string {
  if (!hasMemory)
    return isActive ? say`The VM is off afterwards, with the disks of that time.` : say`The VM stays off.`;
  return state === 'paused'
    ? say`Afterwards it is paused where it was then.`
    : say`Afterwards it runs on from where it was then.`;
}

export function deleteLosses(
  snapshot: SnapshotDetails,
  all: readonly SnapshotDetails[],
  current: string | undefined,
): readonly string[] {
  const children = all.filter(({ parent }) => parent === snapshot.name).map(({ name }) => name);
  return [
    say`There is no way back to it afterwards.`,
    say`The disks and the VM stay as they are now.`,
    ...(snapshot.name === current ? [say`It is the one that the VM stands on.`] : []),
    ...(children.length > 0 ? [say`Made after it, and kept: ${children.join(say`, `)}.`] : []),
    ...(snapshot.isExternal
      ? [say`It lies in files of its own, which libvirt merges; not every release can, and refuses then.`]
      : []),
  ];
}

function isOlder(release: string | undefined, than: readonly number[]): boolean {
  if (release === undefined) return false;
  const numbers = release.split('.').map(Number);
  for (const [index, wanted] of than.entries()) {
    const has = numbers[index] ?? 0;
    if (has !== wanted) return has < wanted;
  }
  return false;
}
