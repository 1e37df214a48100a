/** What can be done with a domain's life, as data: from which situation, by which command, and how one sees afterwards that it is so. */
import type { VirshCommand } from '../command.ts';
import { start } from '../commands/domain.ts';
import { managedSave, reboot, reset, resume, setAutostart, suspend } from '../commands/lifecycle.ts';
import type { DomainSituation } from '../inventory.ts';

export type VerbName =
  | 'start'
  | 'suspend'
  | 'resume'
  | 'reboot'
  | 'reset'
  | 'managedSave'
  | 'autostartOn'
  | 'autostartOff';

export interface Verb {
  readonly command: (uuid: string) => VirshCommand<void>;
  /** Whether it can be done; undefined, or why not: `is off`. */
  readonly obstacle: (domain: DomainSituation) => string | undefined;
  /** What is so afterwards. */
  readonly isDone: (domain: DomainSituation) => boolean;
}

/** The guest runs, is paused or is going down: it has a process on the host. */
export function isActive({ state }: Pick<DomainSituation, 'state'>): boolean {
  return state !== 'shut-off' && state !== 'crashed' && state !== 'no-state';
}

const isRunning = ({ state }: DomainSituation): boolean => state === 'running' || state === 'blocked';
const isPaused = ({ state }: DomainSituation): boolean => state === 'paused';

const unlessActive = (domain: DomainSituation): string | undefined => (isActive(domain) ? undefined : 'is off');
const unlessPersistent = (domain: DomainSituation): string | undefined =>
  domain.isTransient ? 'has no definition that could be started' : undefined;

export const verbs: Readonly<Record<VerbName, Verb>> = {
  start: {
    command: start,
    obstacle: (domain) => (isPaused(domain) ? 'is paused: resume it' : isActive(domain) ? 'runs already' : undefined),
    isDone: isActive,
  },
  suspend: {
    command: suspend,
    obstacle: (domain) => unlessActive(domain) ?? (isPaused(domain) ? 'is paused already' : undefined),
    isDone: isPaused,
  },
  resume: {
    command: resume,
    obstacle: (domain) => unlessActive(domain) ?? (isRunning(domain) ? 'runs already' : undefined),
    isDone: isRunning,
  },
  // Nothing tells afterwards whether a guest has started anew: only that it is still there.
  reboot: { command: reboot, obstacle: unlessActive, isDone: isActive },
  reset: { command: reset, obstacle: unlessActive, isDone: isActive },
  managedSave: {
    command: managedSave,
    obstacle: (domain) =>
      unlessActive(domain) ?? (domain.isTransient ? 'is transient: nothing would start it again' : undefined),
    isDone: (domain) => !isActive(domain) && domain.hasManagedSave,
  },
  autostartOn: {
    command: (uuid) => setAutostart(uuid, true),
    obstacle: unlessPersistent,
    isDone: ({ isAutostart }) => isAutostart,
  },
  autostartOff: {
    command: (uuid) => setAutostart(uuid, false),
    obstacle: unlessPersistent,
    isDone: ({ isAutostart }) => !isAutostart,
  },
};
