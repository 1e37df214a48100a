/** The kinds of things that are defined in one place and referred to in others. */
import { type Phrase, phrase } from '../../l10n/say.ts';

export interface KindFacts {
  /** What people call one: "IOThread 3". */
  readonly noun: Phrase;
  /**
   * How far a name reaches: the guest of one domain; the document, as a snapshot and the domain in it name the same disks; or
   * whatever the host has, which other files of the workspace may define.
   */
  readonly reach: 'domain' | 'document' | 'host';
  /** Why its name can't be changed like a name, or undefined where it can. */
  readonly fixed?: Phrase;
  /** Nothing defines one: all that name it share it. */
  readonly isShared?: true;
}

const facts = {
  iothread: { noun: phrase`IOThread`, reach: 'domain' },
  vcpu: {
    noun: phrase`vCPU`,
    reach: 'domain',
    fixed: phrase`vCPUs are counted from 0: there is no other name for one.`,
  },
  'numa-cell': {
    noun: phrase`NUMA cell`,
    reach: 'domain',
    fixed: phrase`NUMA cells are counted from 0 without gaps: there is no other name for one.`,
  },
  controller: { noun: phrase`controller`, reach: 'domain' },
  alias: { noun: phrase`alias`, reach: 'domain' },
  'disk-target': { noun: phrase`disk`, reach: 'document' },
  audio: { noun: phrase`audio backend`, reach: 'domain' },
  'throttle-group': { noun: phrase`throttle group`, reach: 'domain' },
  'iotune-group': { noun: phrase`group of I/O limits`, reach: 'domain', isShared: true },
  network: { noun: phrase`network`, reach: 'host' },
  portgroup: { noun: phrase`port group`, reach: 'host' },
  filter: { noun: phrase`network filter`, reach: 'host' },
  bridge: { noun: phrase`bridge`, reach: 'host' },
  pool: { noun: phrase`storage pool`, reach: 'host' },
  volume: { noun: phrase`volume`, reach: 'host' },
  secret: { noun: phrase`secret`, reach: 'host' },
  'secret-usage': { noun: phrase`secret for`, reach: 'host' },
  'shared-memory': { noun: phrase`shared memory`, reach: 'host', isShared: true },
  'node-device': {
    noun: phrase`device of the host`,
    reach: 'host',
    fixed: phrase`The host gives its devices their names.`,
  },
  snapshot: { noun: phrase`snapshot`, reach: 'host' },
  checkpoint: { noun: phrase`checkpoint`, reach: 'host' },
} as const satisfies Readonly<Record<string, KindFacts>>;

export type EntityKind = keyof typeof facts;

export const kinds: Readonly<Record<EntityKind, KindFacts>> = facts;
