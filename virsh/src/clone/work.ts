/** A cloning under way: who takes part, what has been made, how far it is. */
import { say } from '../../../server/src/l10n/say.ts';
import type { VirshFailure } from '../failures/explain.ts';
import type { Host } from '../host.ts';
import { failure, type Result } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import type { Made, MadeVolume } from './made.ts';
import type { ClonePlan, VolumeCopy } from './types.ts';

export interface CloneProgress {
  /** `Copying web.qcow2 to web2.qcow2`. */
  readonly message: string;
  /** Of all that is to be done, from 0 to 1. */
  readonly fraction: number;
  /** Bytes of this step that are done, and that there are; left out where nobody can tell. */
  readonly done?: number;
  readonly size?: number;
}

export interface CloneWork {
  readonly plan: ClonePlan;
  /** Where the source is. */
  readonly source: Host;
  /** Where the clone is made. */
  readonly target: Host;
  readonly made: Made[];
  /** Pools of the target that have not looked again since the plan. */
  readonly stalePools: Set<string>;
  readonly options: RunOptions;
}

/** How far the copy of one volume is; `fraction` is of this copy. */
export type ReportCopy = (progress: CloneProgress) => void;

/** One step of a volume's copy: a part of it, from `from` to `to`. */
export interface Step {
  readonly message: string;
  readonly from: number;
  readonly to: number;
  /** Bytes. */
  readonly size: number;
}

export function reportStep(report: ReportCopy, { message, from, to, size }: Step, done: number): void {
  const part = size === 0 ? 0 : Math.min(1, done / size);
  report({ message, fraction: from + (to - from) * part, done: Math.min(done, size), size });
}

/** A failure that no command of virsh has told. */
export function ownFailure(kind: VirshFailure['kind'], message: string): VirshFailure {
  return { kind, message, commandLine: '', exitCode: null, stderr: '' };
}

export const cancelled = (): Result<never, VirshFailure> => failure(ownFailure('cancelled', say`Cancelled.`));

export function volumeMade(host: Runner, { pool, to, toPath }: VolumeCopy): MadeVolume {
  return { kind: 'volume', host, isTemporary: false, pool, name: to, path: toPath };
}
