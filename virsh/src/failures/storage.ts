/** Storage pools and volumes. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

export const storage: readonly FailureEntry[] = [
  {
    pattern: /No space left on device/,
    kind: 'no-space',
    message: phrase`The disk of {connection} is full. Make room there, or take another place.`,
  },
  {
    pattern: /cannot extend file '(.+?)': File too large/,
    kind: 'no-space',
    message: phrase`The file system of $1 takes no file of that size. Make the volume smaller, or choose another pool.`,
  },
  {
    pattern:
      /storage vol(?:ume)?(?: name)?(?: '(.+?)')? (?:already exists|already in use|exists already)|volume target path '.+?' already exists/,
    kind: 'exists',
    message: phrase`There is already a volume of this name. Choose another name; nothing was overwritten.`,
  },
  {
    pattern: /no storage vol with matching \w+ '(.*?)'/,
    kind: 'not-found',
    message: phrase`No storage pool of {connection} has the volume $1.`,
    place: { at: ['devices/disk/source@volume'], value: '$1' },
  },
  {
    pattern: /no storage pool with matching \w+ '(.*?)'/,
    kind: 'not-found',
    message: phrase`There is no active storage pool $1 at {connection}.`,
    place: { at: ['devices/disk/source@pool'], value: '$1' },
  },
  {
    pattern: /storage pool '(.*)' is not active/,
    kind: 'refused',
    message: phrase`The storage pool $1 is not active. Start it with: virsh pool-start $1`,
    place: { at: ['devices/disk/source@pool'], value: '$1' },
  },
  {
    pattern: /storage pool '(.*)' is still active/,
    kind: 'refused',
    message: phrase`The storage pool $1 is active. Stop it first with: virsh pool-destroy $1 (its files stay).`,
  },
  {
    pattern: /pool '(.*)' already exists with uuid/,
    kind: 'exists',
    message: phrase`There is already a storage pool $1. Choose another name.`,
  },
  {
    pattern: /Storage source conflict with pool: '(.*)'/,
    kind: 'exists',
    message: phrase`The storage pool $1 of {connection} has the same directory, and libvirt takes no second one. Use that pool; if it is not active, start it first: virsh pool-start $1`,
  },
  {
    pattern: /cannot open directory '(.*)': No such file or directory/s,
    kind: 'not-found',
    message: phrase`There is no directory $1 at {connection}.`,
  },
  {
    pattern: /cannot (?:open directory|create path) '(.*)': Permission denied/s,
    kind: 'permission',
    message: phrase`libvirt at {connection} may not open or make the directory $1.`,
  },
  {
    pattern: /missing backend for pool type \d+ \((\w+)\)/,
    kind: 'unsupported',
    message: phrase`libvirt at {connection} was installed without pools of the type $1. Install libvirt-daemon-driver-storage-$1 there.`,
  },
  {
    pattern: /unexpected exit status 127: .*cannot execute binary (\S+):/,
    kind: 'unsupported',
    message: phrase`{connection} has no program $1, which this kind of pool needs. Install it there.`,
  },
  {
    pattern: /must be superuser to use mount/,
    kind: 'permission',
    message: phrase`libvirt at {connection} runs without the rights to mount. Use qemu:///system for this pool.`,
  },
  {
    pattern: /still being allocated|asynchronous jobs running|is still in use|currently in use/,
    kind: 'in-use',
    message: phrase`The volume or its pool is in use at this moment. Wait for the other work on it to end.`,
  },
  {
    pattern: /unknown volume format type (\S+)/,
    kind: 'unsupported',
    message: phrase`libvirt knows no volume format $1. Take raw or qcow2.`,
  },
  {
    pattern: /can't shrink capacity below existing allocation/,
    kind: 'refused',
    message: phrase`The volume holds more than that already, and would lose it. Choose a larger size.`,
  },
  {
    pattern:
      /failed to clone files from '(.+?)': Operation not supported|unsupported flags .*storageBackendCreateQemuImg/,
    kind: 'unsupported',
    message: phrase`The file system of the pool cannot share blocks between files (reflink). Copy the volume in full.`,
  },
  {
    pattern: /^error: cannot (read|create) (\/.+)/m,
    kind: 'refused',
    message: phrase`virsh cannot $1 the file $2 on its own machine. Correct the path, or its permissions.`,
  },
  {
    pattern: /Storage volume '(.+?)'\((.+)\) is not managed by libvirt/,
    kind: 'refused',
    message: phrase`The disk $1 ($2) lies in no storage pool, so libvirt left it there. Remove the file by hand if it is to go.`,
  },
];
