/** What a clone will be: everything that is shown before anything happens, and nothing that is found out only later. */
import type { DomainState } from '../output/domainList.ts';
import type { Volume } from '../output/storageXml.ts';
import type { IdentityRow } from './identityTable.ts';

/** What is known of the source and its host. */
export interface CloneSource {
  readonly name: string;
  readonly uuid: string;
  readonly state: DomainState;
  /** The definition for the next start, with passwords. */
  readonly xml: string;
  /** Names and MAC addresses of all domains of the host. */
  readonly takenNames: ReadonlySet<string>;
  readonly takenMacs: ReadonlySet<string>;
  /** The volume behind a disk, by `sourceKey`; none for a path that no pool has. */
  readonly volumes: ReadonlyMap<string, PooledVolume>;
  /** Why a place has no volume, by `sourceKey`: the end of a sentence, with what to do about it. */
  readonly unreachable: ReadonlyMap<string, string>;
  /** The names of the volumes of each pool that appears in `volumes`. */
  readonly takenVolumes: ReadonlyMap<string, ReadonlySet<string>>;
  /** Pools of `volumes` that are there only while they are needed. */
  readonly temporaryPools: readonly TemporaryPool[];
}

/** A pool that is made over a directory which no pool has, and is ended after the work. libvirt copies files inside pools only. */
export interface TemporaryPool {
  readonly name: string;
  readonly directory: string;
}

export interface PooledVolume {
  readonly pool: string;
  readonly volume: Volume;
}

/** One copy that the host makes inside a pool. */
export interface VolumeCopy {
  readonly pool: string;
  readonly from: string;
  readonly to: string;
  readonly fromPath: string;
  /** Where the copy will be. */
  readonly toPath: string;
  /** Bytes that the copy takes, about. */
  readonly bytes: number;
}

export type DiskPlan =
  | { readonly action: 'copy'; readonly target: string; readonly copy: VolumeCopy }
  | { readonly action: 'share'; readonly target: string; readonly source: string; readonly reason: string }
  | { readonly action: 'empty'; readonly target: string };

export type NvramPlan =
  | { readonly action: 'copy'; readonly copy: VolumeCopy }
  /** libvirt makes a new one from the firmware's template at the first start. */
  | { readonly action: 'fresh'; readonly was: string };

export interface ClonePlan {
  readonly source: { readonly name: string; readonly uuid: string };
  readonly name: string;
  readonly uuid: string;
  readonly macs: readonly { readonly from: string; readonly to: string }[];
  readonly disks: readonly DiskPlan[];
  readonly nvram: NvramPlan | undefined;
  /** Those that the copies need. */
  readonly temporaryPools: readonly TemporaryPool[];
  /** Everything that tells the two VMs apart, or does not. */
  readonly identity: readonly IdentityRow[];
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
