/** Work that libvirt has begun goes on, whether anyone waits for it or not; until its end nobody can undo it. */
import type { VirshFailure } from '../failures/explain.ts';
import type { Result } from '../result.ts';

const pollMilliseconds = 500;
/** How long the host may take to end a copy that nobody wants any more. */
const longestMilliseconds = 60 * 60 * 1000;

/** libvirt did not refuse: the answer is missing, and the work may have been done or may be going on. */
export function mayHaveHappened({ kind, exitCode }: VirshFailure): boolean {
  return exitCode !== 1 || kind === 'daemon-lost' || kind === 'host-unreachable';
}

/** Tries again for as long as libvirt says that it is busy with what is to be changed. */
export async function untilFree(
  attempt: () => Promise<Result<void, VirshFailure>>,
): Promise<Result<void, VirshFailure>> {
  const deadline = performance.now() + longestMilliseconds;
  for (;;) {
    const result = await attempt();
    if (result.ok || result.error.kind !== 'in-use' || performance.now() > deadline) return result;
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
