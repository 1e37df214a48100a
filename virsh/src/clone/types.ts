/** What a clone will be: everything that is shown before anything happens, and nothing that is found out only later. */
import type { MigrationFacts } from '../migration/types.ts';
import type { DomainState } from '../output/domainList.ts';
import type { Pool, Volume } from '../output/storageXml.ts';
import type { IdentityRow } from './identityTable.ts';
import type { NetworkPlace, Placement } from './needs.ts';
import type { Elsewhere, Taken } from './taken.ts';

/** `full`: the disks are copied. `linked`: new images that build upon the source's. `definition`: no disk is made. */
export type CloneMethod = 'full' | 'linked' | 'definition';

/** What is known of the source and its host. */
export interface CloneSource {
  readonly name: string;
  readonly uuid: string;
  readonly state: DomainState;
  /** Its memory waits for the next start, and with it what the guest has not written to its disks. */
  readonly hasManagedSave: boolean;
  /** The definition for the next start, with passwords. */
  readonly xml: string;
  /** Of all domains of the source's host. */
  readonly taken: Taken;
  /** The volume behind a disk, by `sourceKey`; none for a path that no pool has. */
  readonly volumes: ReadonlyMap<string, PooledVolume>;
  /** Why a place has no volume, by `sourceKey`: the end of a sentence, with what to do about it. */
  readonly unreachable: ReadonlyMap<string, string>;
  /** The pools that appear in `volumes`. */
  readonly pools: ReadonlyMap<string, Pool>;
  /** The names of the volumes of each pool that appears in `volumes`. */
  readonly takenVolumes: ReadonlyMap<string, ReadonlySet<string>>;
  /** Pools of `volumes` that are there only while they are needed. */
  readonly temporaryPools: readonly TemporaryPool[];
}

/** Another host that a clone goes to. */
export interface CloneTarget {
  /** Name of its connection. */
  readonly name: string;
  readonly taken: Taken;
  /** Active pools that take files, by name. */
  readonly pools: ReadonlyMap<string, Pool>;
  readonly takenVolumes: ReadonlyMap<string, ReadonlySet<string>>;
  /** Active networks. */
  readonly networks: readonly string[];
  /** Pools of `pools` that are there only while they are needed. */
  readonly temporaryPools: readonly TemporaryPool[];
  /** What the check of a migration knows of the two hosts. */
  readonly facts: MigrationFacts;
}

export interface CloneOrder {
  /** `full` where it is left out. */
  readonly method?: CloneMethod;
  /** Where the clone goes; to the source's own host where it is left out. */
  readonly destination?: Destination;
  /** Further hosts that were asked for addresses and UUIDs. */
  readonly elsewhere?: Elsewhere;
  readonly identities?: Identities;
}

export interface Destination {
  readonly target: CloneTarget;
  readonly placement: Placement;
}

/** A pool that is made over a directory which no pool has, and is ended after the work. libvirt copies files inside pools only. */
export interface TemporaryPool {
  readonly name: string;
  readonly directory: string;
}

/** A temporary pool, and on whose host it is made. */
export interface PlannedPool extends TemporaryPool {
  readonly on: 'source' | 'target';
}

export interface PooledVolume {
  readonly pool: string;
  readonly volume: Volume;
}

/**
 * How a volume comes into being. `clone`: its host copies it inside the pool. `link`: an image with the source as its backing file. The others go to
 * another host: `send` byte for byte; `flatten` as an image without backing files, and `pack` as one without holes, which the source's host makes.
 */
export type CopyWay = 'clone' | 'link' | 'send' | 'flatten' | 'pack';

/** One volume that is made of another. */
export interface VolumeCopy {
  readonly way: CopyWay;
  readonly fromPool: string;
  readonly from: string;
  readonly fromPath: string;
  /** The pool of the copy. */
  readonly pool: string;
  readonly to: string;
  /** Where the copy will be. */
  readonly toPath: string;
  /** As the source's disk is used; libvirt's word. */
  readonly format: string;
  /** Bytes that the guest sees. */
  readonly capacity: number;
  /** Bytes that the copy takes, about. */
  readonly bytes: number;
  /** Name of the image that is made on the way, for `flatten` and `pack`. */
  readonly staged: string;
}

export type DiskPlan =
  | { readonly action: 'copy'; readonly target: string; readonly copy: VolumeCopy }
  | { readonly action: 'share'; readonly target: string; readonly source: string; readonly reason: string }
  /** The definition names a file that does not exist yet. */
  | { readonly action: 'later'; readonly target: string; readonly source: string; readonly to: string }
  /** The drive stays, without its medium. */
  | { readonly action: 'eject'; readonly target: string; readonly source: string; readonly reason: string }
  | { readonly action: 'remove'; readonly target: string; readonly source: string; readonly reason: string }
  | { readonly action: 'empty'; readonly target: string };

export type NvramPlan =
  | { readonly action: 'copy'; readonly copy: VolumeCopy }
  /** libvirt makes a new one from the firmware's template at the first start. */
  | { readonly action: 'fresh'; readonly was: string };

export interface ClonePlan {
  readonly method: CloneMethod;
  readonly source: { readonly name: string; readonly uuid: string };
  /** Name of the connection that the clone goes to; undefined for the source's own host. */
  readonly target: string | undefined;
  readonly name: string;
  readonly uuid: string;
  readonly macs: readonly { readonly from: string; readonly to: string }[];
  readonly disks: readonly DiskPlan[];
  readonly nvram: NvramPlan | undefined;
  /** Where the interfaces were plugged in, and will be. */
  readonly networks: readonly { readonly from: NetworkPlace; readonly to: NetworkPlace }[];
  /** Those that the copies need, each on one of the two hosts. */
  readonly temporaryPools: readonly PlannedPool[];
  /** Everything that tells the two VMs apart, or does not. */
  readonly identity: readonly IdentityRow[];
  /** Where the new addresses and UUID were looked for, and where not. */
  readonly elsewhere: Elsewhere;
  /** What else is changed, one sentence each. */
  readonly changes: readonly string[];
  /** What stays as it is and may trouble two VMs that run at the same time, one sentence each. */
  readonly warnings: readonly string[];
  /** The definition of the clone. */
  readonly xml: string;
}

/** All copies of a plan, in the order in which they are made. */
export function copiesOf(plan: Pick<ClonePlan, 'disks' | 'nvram'>): readonly VolumeCopy[] {
  const disks = plan.disks.flatMap((disk) => (disk.action === 'copy' ? [disk.copy] : []));
  return plan.nvram?.action === 'copy' ? [...disks, plan.nvram.copy] : disks;
}

/** A source of fresh identities; tests give one without chance. */
export interface Identities {
  uuid(): string;
  /** Three random bytes as `xx:xx:xx`. */
  macTail(): string;
}
