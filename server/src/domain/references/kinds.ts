/** The kinds of things that are defined in one place and referred to in others. */

export interface KindFacts {
  /** What people call one: "IOThread 3". */
  readonly noun: string;
  /**
   * How far a name reaches: the guest of one domain; the document, as a snapshot and the domain in it name the same disks; or
   * whatever the host has, which other files of the workspace may define.
   */
  readonly reach: 'domain' | 'document' | 'host';
  /** Why its name can't be changed like a name, or undefined where it can. */
  readonly fixed?: string;
  /** Nothing defines one: all that name it share it. */
  readonly isShared?: true;
}

const facts = {
  iothread: { noun: 'IOThread', reach: 'domain' },
  vcpu: { noun: 'vCPU', reach: 'domain', fixed: 'vCPUs are counted from 0: there is no other name for one.' },
  'numa-cell': {
    noun: 'NUMA cell',
    reach: 'domain',
    fixed: 'NUMA cells are counted from 0 without gaps: there is no other name for one.',
  },
  controller: { noun: 'controller', reach: 'domain' },
  alias: { noun: 'alias', reach: 'domain' },
  'disk-target': { noun: 'disk', reach: 'document' },
  audio: { noun: 'audio backend', reach: 'domain' },
  'throttle-group': { noun: 'throttle group', reach: 'domain' },
  'iotune-group': { noun: 'group of I/O limits', reach: 'domain', isShared: true },
  network: { noun: 'network', reach: 'host' },
  portgroup: { noun: 'port group', reach: 'host' },
  filter: { noun: 'network filter', reach: 'host' },
  bridge: { noun: 'bridge', reach: 'host' },
  pool: { noun: 'storage pool', reach: 'host' },
  volume: { noun: 'volume', reach: 'host' },
  secret: { noun: 'secret', reach: 'host' },
  'secret-usage': { noun: 'secret for', reach: 'host' },
  'shared-memory': { noun: 'shared memory', reach: 'host', isShared: true },
  'node-device': { noun: 'device of the host', reach: 'host', fixed: 'The host gives its devices their names.' },
  snapshot: { noun: 'snapshot', reach: 'host' },
  checkpoint: { noun: 'checkpoint', reach: 'host' },
} as const satisfies Readonly<Record<string, KindFacts>>;

export type EntityKind = keyof typeof facts;

export const kinds: Readonly<Record<EntityKind, KindFacts>> = facts;
