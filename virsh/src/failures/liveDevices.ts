/** Devices that are plugged in, unplugged or changed. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

const nextStart = phrase`Change the definition instead; it counts from the next cold boot on.`;

export const liveDevices: readonly FailureEntry[] = [
  {
    pattern: /live (attach|detach|update) of device '(.+?)' is not supported/,
    kind: 'unsupported',
    message: phrase`A running VM does not let a <$2> be changed ($1). ${nextStart}`,
    place: { at: ['devices/$2'] },
  },
  {
    pattern: /cannot modify field '(.+?)' of the disk/,
    kind: 'unsupported',
    message: phrase`A running VM does not let $1 of a disk be changed. ${nextStart}`,
    place: { at: ['devices/disk/driver@$1'] },
  },
  {
    pattern: /cannot change (.+?) setting on '(\w+)' graphics/,
    kind: 'unsupported',
    message: phrase`A running VM does not let the $1 of its $2 display be changed. ${nextStart}`,
    place: { at: ['devices/graphics@type'], value: '$2' },
  },
  {
    pattern: /device not found: disk (\S+) not found|No disk found whose source path or target is (.+)/,
    kind: 'not-found',
    message: phrase`The VM has no disk $1$2 (any more).`,
  },
  {
    pattern: /disk '(.+?)' (?:was )?not found|invalid path (.+?) not assigned to domain|no disk named '(.+?)'/,
    kind: 'not-found',
    message: phrase`The VM has no disk $1$2$3.`,
  },
  {
    pattern: /device not found: .*MAC address '(.+?)'/,
    kind: 'not-found',
    message: phrase`The VM has no network interface $1 (any more).`,
  },
  {
    pattern: /device not found: (.+)/,
    kind: 'not-found',
    message: phrase`The VM has no such device (any more): $1.`,
  },
  {
    pattern: /unknown device type '(.+?)'/,
    kind: 'refused',
    message: phrase`<$1> is no device. Choose an element below <devices>.`,
  },
  {
    pattern: /can't add memory backend as guest has no NUMA nodes/,
    kind: 'unsupported',
    message: phrase`Memory is plugged into a NUMA node, and the VM has none. Add <maxMemory> and <cpu><numa>, and start it anew.`,
    place: { at: ['maxMemory', 'cpu'] },
  },
  {
    pattern: /cannot find IOThread '(\d+)'/,
    kind: 'not-found',
    message: phrase`The VM has no IOThread $1.`,
    place: { at: ['iothreadids/iothread@id'], value: '$1' },
  },
  {
    pattern: /Requested metadata element is not present/,
    kind: 'not-found',
    message: phrase`The VM has no metadata of that kind.`,
  },
];
