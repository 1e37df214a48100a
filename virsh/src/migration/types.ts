/** What a migration check knows, and what it finds. */
import type { HostCapacity } from './capacity.ts';
import type { EmulatorAbilities } from './emulator.ts';

/** `unknown`: what could not be asked. */
export type Weight = 'blocks' | 'endangers' | 'unknown' | 'fine';

export interface MigrationFinding {
  readonly weight: Weight;
  /** What of the VM it is about: `disk vda`, `CPU`. */
  readonly subject: string;
  /** A sentence. */
  readonly message: string;
  /** It is about what a VM that is off takes along as well: its definition. */
  readonly isOfDefinition?: true;
  /** What to do about it, as a sentence. */
  readonly wayOut?: string;
}

/** The target's answer about the CPU; `none` where the domain asks for no particular one. */
export type CpuAnswer =
  | { readonly kind: 'none' }
  | { readonly kind: 'suits' }
  | { readonly kind: 'lacks'; readonly features: readonly string[] }
  | { readonly kind: 'unknown'; readonly why: string };

/** Where a path of the source lies; undefined pools: in none that is active. */
export interface PathPlace {
  /** Type of the pool (`dir`, `netfs`, …) that has the volume. */
  readonly sourcePool: string | undefined;
  readonly targetPool: string | undefined;
  /** Name of the active pool of the target over the directory of the path. */
  readonly targetDirectory?: string | undefined;
}

/** Facts are undefined where the target gave no answer. */
export interface TargetFacts {
  readonly name: string;
  readonly hypervisorVersion: string | undefined;
  readonly capacity: HostCapacity;
  /** For the domain's machine type and emulator, or why the target has no such. */
  readonly emulator: EmulatorAbilities | { readonly refusal: string };
  readonly domains: readonly { readonly uuid: string; readonly name: string; readonly isActive: boolean }[];
  readonly networks: { readonly active: readonly string[]; readonly inactive: readonly string[] } | undefined;
  /** As `nodedev-list --cap net` names them. */
  readonly networkDevices: readonly string[] | undefined;
  /** Names of the active pools. */
  readonly pools: readonly string[] | undefined;
  /** UUIDs and usages of secrets. */
  readonly secrets: readonly string[] | undefined;
}

export interface MigrationFacts {
  /** The live definition of a domain that runs, else the stored one. */
  readonly xml: string;
  readonly isActive: boolean;
  /** It has a definition that outlives its run. */
  readonly isPersistent: boolean;
  /** The disks that the hosts do not share are copied along. */
  readonly isCopying?: boolean;
  readonly snapshots: number;
  readonly source: {
    readonly name: string;
    readonly hostUuid: string | undefined;
    readonly hypervisorVersion: string | undefined;
  };
  readonly target: TargetFacts;
  readonly cpu: CpuAnswer;
  /** By path of a disk on the source. */
  readonly paths: ReadonlyMap<string, PathPlace>;
}
