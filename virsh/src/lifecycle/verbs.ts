/** What can be done with a domain's life, as data: from which situation, by which command, and how one sees afterwards that it is so. */
import { say } from '../../../server/src/l10n/say.ts';
import type { VirshCommand } from '../command.ts';
import { start } from '../commands/domain.ts';
import { reboot, reset, resume, setAutostart, suspend } from '../commands/lifecycle.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { forceOff } from '../forceOff.ts';
import type { DomainSituation } from '../inventory.ts';
import type { Result } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import { saveManaged } from './managedSave.ts';

export type VerbName =
  | 'start'
  | 'suspend'
  | 'resume'
  | 'reboot'
  | 'reset'
  | 'managedSave'
  | 'forceOff'
  | 'autostartOn'
  | 'autostartOff';

export interface Verb {
  readonly act: (runner: Runner, uuid: string, options: RunOptions) => Promise<Result<void, VirshFailure>>;
  /** Whether it can be done; undefined, or why not: `is off`. */
  readonly obstacle: (domain: DomainSituation) => string | undefined;
  /** What is so afterwards; undefined is a domain that is gone. */
  readonly isDone: (domain: DomainSituation | undefined) => boolean;
}

/** The guest runs, is paused or is going down: it has a process on the host. */
export function isActive({ state }: Pick<DomainSituation, 'state'>): boolean {
  return state !== 'shut-off' && state !== 'crashed' && state !== 'no-state';
}

type Known = DomainSituation | undefined;
const isUp = (domain: Known): boolean => domain !== undefined && isActive(domain);
const isRunning = (domain: Known): boolean => domain?.state === 'running' || domain?.state === 'blocked';
const isPaused = (domain: Known): boolean => domain?.state === 'paused';

const command =
  (make: (uuid: string) => VirshCommand<void>): Verb['act'] =>
  (runner, uuid, options) =>
    runner.run(make(uuid), options);

const unlessActive = (domain: DomainSituation): string | undefined => (isActive(domain) ? undefined : say`is off`);
const unlessPersistent = (domain: DomainSituation): string | undefined =>
  domain.isTransient ? say`has no definition that could be started` : undefined;

export const verbs: Readonly<Record<VerbName, Verb>> = {
  start: {
    act: command(start),
    obstacle: (domain) =>
      isPaused(domain) ? say`is paused: resume it` : isActive(domain) ? say`runs already` : undefined,
    isDone: isUp,
  },
  suspend: {
    act: command(suspend),
    obstacle: (domain) => unlessActive(domain) ?? (isPaused(domain) ? say`is paused already` : undefined),
    isDone: isPaused,
  },
  resume: {
    act: command(resume),
    obstacle: (domain) => unlessActive(domain) ?? (isRunning(domain) ? say`runs already` : undefined),
    isDone: isRunning,
  },
  // Nothing tells afterwards whether a guest has started anew: only that it is still there.
  reboot: { act: command(reboot), obstacle: unlessActive, isDone: isUp },
  reset: { act: command(reset), obstacle: unlessActive, isDone: isUp },
  managedSave: {
    act: saveManaged,
    obstacle: (domain) =>
      unlessActive(domain) ?? (domain.isTransient ? say`is transient: nothing would start it again` : undefined),
    isDone: (domain) => !isUp(domain) && domain?.hasManagedSave === true,
  },
  // A transient domain is gone once it is off.
  forceOff: { act: forceOff, obstacle: unlessActive, isDone: (domain) => !isUp(domain) },
  autostartOn: {
    act: command((uuid) => setAutostart(uuid, true)),
    obstacle: unlessPersistent,
    isDone: (domain) => domain?.isAutostart === true,
  },
  autostartOff: {
    act: command((uuid) => setAutostart(uuid, false)),
    obstacle: unlessPersistent,
    isDone: (domain) => domain?.isAutostart === false,
  },
};
