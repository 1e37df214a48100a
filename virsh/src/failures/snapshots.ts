/** Snapshots, checkpoints, and jobs on disks. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

export const snapshots: readonly FailureEntry[] = [
  {
    pattern: /domain moment (.+) already exists/,
    kind: 'exists',
    message: phrase`The VM has a snapshot or checkpoint $1 already. Choose another name.`,
  },
  {
    pattern: /no domain (snapshot|checkpoint) with matching name '(.+?)'/,
    kind: 'not-found',
    message: phrase`The VM has no $1 $2 (any more).`,
  },
  {
    pattern: /domain '.*' has no current snapshot/s,
    kind: 'not-found',
    message: phrase`The VM stands on no snapshot.`,
  },
  {
    pattern: /revert to external snapshot not supported yet/,
    kind: 'unsupported',
    message: phrase`libvirt at {connection} cannot go back to an external snapshot; libvirt 9.9 and newer can. Define the VM over the older image instead.`,
  },
  {
    pattern: /deleting external snapshot|deletion of \d+ external disk snapshots not supported/,
    kind: 'unsupported',
    message: phrase`libvirt at {connection} cannot delete this external snapshot. Merge it with virsh blockcommit instead.`,
  },
  {
    pattern: /internal snapshot for disk (\S+) unsupported for storage type (\S+)/,
    kind: 'unsupported',
    message: phrase`The disk $1 is $2, which holds no snapshots in itself. Make a snapshot of the disks only, or convert it to qcow2.`,
    place: { at: ['devices/disk/driver@type'], value: '$2' },
  },
  {
    pattern: /external snapshot file for disk (\S+) already exists.*: (.+)/,
    kind: 'exists',
    message: phrase`The file $2, which the snapshot of $1 would write to, exists already. Choose another one; nothing was overwritten.`,
  },
  {
    pattern: /source for disk '(.+?)' is not a regular file/,
    kind: 'unsupported',
    message: phrase`libvirt finds no name for the new file of $1: it is missing, or no plain file. Name one yourself.`,
    place: { at: ['devices/disk/target@dev'], value: '$1' },
  },
  {
    pattern: /failed to create image file '(.+?)': (.+)/,
    kind: 'refused',
    message: phrase`libvirt cannot make the image $1 at {connection} ($2). Create its directory there, or name another place.`,
  },
  {
    pattern: /cannot (?:create checkpoint|perform disk backup) for inactive domain/,
    kind: 'not-running',
    message: phrase`Checkpoints and backups are made of VMs that run. Start it first.`,
  },
  {
    pattern: /commit of '(.+?)' active layer requires active flag/,
    kind: 'refused',
    message: phrase`The image that $1 writes to is merged only with --active, and --pivot at the end.`,
  },
  {
    pattern: /could not find (?:base )?image(?: '(.+?)' beneath '.+?')? in chain for '(.+?)'/,
    kind: 'not-found',
    message: phrase`The disk $2 has no such image below it. Look at the chain with qemu-img info --backing-chain.`,
  },
  {
    pattern: /disk (\S+) does not have an active block job/,
    kind: 'not-running',
    message: phrase`No job is going on at the disk $1.`,
  },
];
