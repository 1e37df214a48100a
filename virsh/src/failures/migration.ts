/** What keeps a VM on its host. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

export const migration: readonly FailureEntry[] = [
  {
    pattern: /^error: operation aborted: (?:job '?)?migration (?:out|job).*cancell?ed by client/m,
    kind: 'cancelled',
    message: phrase`The migration was cancelled: the VM runs on where it was.`,
  },
  {
    pattern: /hostname on destination resolved to localhost, but migration requires an FQDN/,
    kind: 'refused',
    message: phrase`The target host does not know a name of itself under which the source could reach it. Give an address for the data (tcp://ADDRESS), or a full name to the host.`,
  },
  {
    pattern: /Migration without shared storage is unsafe|Unsafe migration: (.+)/,
    kind: 'refused',
    message: phrase`The VM’s disks are not on storage that both hosts share, or its cache mode could lose writes. Copy the disks along, or set cache="none".`,
    place: { at: ['devices/disk/driver@cache', 'devices/disk/source'] },
  },
  {
    pattern: /Attempt to migrate guest to the same host/,
    kind: 'refused',
    message: phrase`Both connections lead to the same host: a VM cannot move to where it is.`,
  },
  {
    pattern: /cannot migrate domain with (\d+) snapshots?/,
    kind: 'refused',
    message: phrase`The VM has $1 snapshots, which would stay behind. Delete them, or keep their XML to define them again there.`,
  },
  {
    pattern: /offline migration must be specified with the persistent flag/,
    kind: 'refused',
    message: phrase`A VM that is off moves as its definition: it has to be stored on the target host (--persistent).`,
  },
  {
    pattern: /Target domain uuid (\S+) does not match source (\S+)/,
    kind: 'refused',
    message: phrase`The XML for the target host has another UUID than the VM. A VM keeps its identity on its way: take $2.`,
    place: { at: ['uuid'], value: '$1' },
  },
  {
    pattern: /cannot perform tunnelled migration without using peer2peer flag/,
    kind: 'refused',
    message: phrase`A tunnel goes from host to host: it needs --p2p too.`,
  },
];
