/** Disks that QEMU cannot open, and what else it finds wrong with them. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

const sources = ['devices/disk/source@file', 'devices/disk/source@dev'];

export const diskAccess: readonly FailureEntry[] = [
  {
    pattern: /Failed to get "(?:write|shared|consistent read)" lock\s+Is another process using the image \[(.*?)\]/,
    kind: 'in-use',
    message: phrase`Another VM or program uses the disk $1. Stop it first, or make the disk shareable on purpose.`,
    place: { at: sources, value: '$1' },
  },
  {
    pattern: /Failed to get "(?:write|shared|consistent read)" lock/,
    kind: 'in-use',
    message: phrase`Another VM or program, or this VM itself, uses the image already. Detach it there first.`,
  },
  {
    pattern: /Cannot access backing file '(.+?)' of storage file '(.+?)'.*: No such file or directory/,
    kind: 'not-found',
    message: phrase`The image $2 builds on $1, which does not exist at {connection}. Bring the backing file back, or correct its path with qemu-img rebase -u.`,
    place: { at: sources, value: '$2' },
  },
  {
    pattern: /Cannot access storage file '(.+?)'.*: No such file or directory/,
    kind: 'not-found',
    message: phrase`The file $1 does not exist at {connection}. Correct the path, or create the image.`,
    place: { at: sources, value: '$1' },
  },
  {
    pattern:
      /Cannot access (?:storage|backing) file '(.+?)'.*: Permission denied|Failed to open file '(.+?)': Permission denied/,
    kind: 'permission',
    message: phrase`QEMU may not read $1$2. Check the permissions of the file and of every directory above it.`,
    place: { at: sources, value: '$1$2' },
  },
  {
    pattern: /cannot read header '(.+?)': Is a directory/,
    kind: 'refused',
    message: phrase`$1 is a directory and no image. Name the file in it.`,
    place: { at: sources, value: '$1' },
  },
  {
    pattern: /Image is not in (\w+) format/,
    kind: 'refused',
    message: phrase`An image is not in the format $1 that its <driver> names. Look at it with qemu-img info and correct the type.`,
    place: { at: ['devices/disk/driver@type'], value: '$1' },
  },
  {
    pattern: /"driver":"(\w+)".*: (?:invalid \w+ image|Unsupported \w+ image|\w+ magic|Could not find .* header)/i,
    kind: 'refused',
    message: phrase`An image is not in the format $1 that its <driver> names. Look at it with qemu-img info and correct the type.`,
    place: { at: ['devices/disk/driver@type'], value: '$1' },
  },
  {
    pattern: /Unknown driver '(\w+)'/,
    kind: 'unsupported',
    message: phrase`The QEMU of {connection} cannot read disks of the kind $1. Install the package with further block drivers there (qemu-block-extra).`,
    place: { at: ['devices/disk/source@protocol', 'devices/disk/driver@type'], value: '$1' },
  },
  {
    pattern: /address resolution failed for (\S+?):\d+/,
    kind: 'not-found',
    message: phrase`{connection} knows no host called $1, where a disk is to come from. Correct the name.`,
    place: { at: ['devices/disk/source/host@name'], value: '$1' },
  },
  {
    pattern: /"driver":"(\w+)","server":\{"type":"inet","host":"(.+?)".*Failed to connect to '(.+?)'/,
    kind: 'not-found',
    message: phrase`Nothing answers on $3, where a disk is to come from by $1. Start its server, or correct host and port.`,
    place: { at: ['devices/disk/source/host@name'], value: '$2' },
  },
  {
    pattern: /io='native' needs/,
    kind: 'refused',
    message: phrase`io='native' goes only with cache='none' or cache='directsync'. Add one of them, or take another io.`,
    place: { at: ['devices/disk/driver@io'], value: 'native' },
  },
];
