/** Work that libvirt has begun goes on, whether anyone waits for it or not; until its end nobody can undo it. */
import type { FailureKind, VirshFailure } from '../failures/explain.ts';
import type { Result } from '../result.ts';

const pollMilliseconds = 500;
/** How long the host may take to end a copy that nobody wants any more. */
const longestMilliseconds = 60 * 60 * 1000;
/** How long a daemon takes to be started again, or a network to come back. */
const usualPatience = 30_000;

/** The host did not say no: it did not say anything. */
const silent: ReadonlySet<FailureKind> = new Set([
  'daemon-lost',
  'daemon-down',
  'host-unreachable',
  'name-unknown',
  'timeout',
]);

/** libvirt did not refuse: the answer is missing, and the work may have been done or may be going on. */
export function mayHaveHappened({ kind, exitCode, isUnbegun }: VirshFailure): boolean {
  if (isUnbegun) return false;
  return exitCode !== 1 || kind === 'daemon-lost' || kind === 'host-unreachable';
}

/**
 * Tries again for as long as libvirt says that it is busy with what is to be changed, and for `patience` milliseconds while there is no answer at
 * all.
 */
export async function untilFree(
  attempt: () => Promise<Result<void, VirshFailure>>,
  patience = usualPatience,
): Promise<Result<void, VirshFailure>> {
  const start = performance.now();
  for (;;) {
    const result = await attempt();
    if (result.ok) return result;
    const { kind } = result.error;
    const limit = kind === 'in-use' ? longestMilliseconds : silent.has(kind) ? patience : 0;
    if (performance.now() - start >= limit) return result;
    await pause(pollMilliseconds);
  }
}

export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
