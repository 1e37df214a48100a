/** Switching a guest off at once, judged by what it is afterwards. */
import { pause } from './clone/patience.ts';
import { destroy, stateReason } from './commands/domain.ts';
import type { FailureKind, VirshFailure } from './failures/explain.ts';
import { type Result, success } from './result.ts';
import type { Runner, RunOptions } from './run/runner.ts';

/** Taking a guest over can last longer than one attempt on a busy machine. */
const attempts = 4;
const pauseMilliseconds = 300;

/** Failures after which the guest may be off all the same. */
const doubtful: ReadonlySet<FailureKind> = new Set(['not-running', 'timeout', 'crashed', 'other']);

/** Failures after which the same may be asked for again: the guest, which runs, was not touched. */
const retried: ReadonlySet<FailureKind> = new Set(['not-running', 'crashed']);

/**
 * Forces a domain off; a success says that it is off. `destroy` alone does not tell: the embedded driver of libvirt 9.0 kills a guest that
 * another process started and then answers that it is not running, and while it takes such a guest over it says so without killing it.
 */
export async function forceOff(
  runner: Runner,
  uuid: string,
  options: RunOptions = {},
): Promise<Result<void, VirshFailure>> {
  for (let left = attempts; ; ) {
    const result = await destroyAndLook(runner, uuid, options);
    left -= 1;
    if (result.ok || !retried.has(result.error.kind) || left === 0 || options.signal?.aborted) return result;
    await pause(pauseMilliseconds, options.signal);
  }
}

async function destroyAndLook(runner: Runner, uuid: string, options: RunOptions): Promise<Result<void, VirshFailure>> {
  const destroyed = await runner.run(destroy(uuid), options);
  if (destroyed.ok || !doubtful.has(destroyed.error.kind)) return destroyed;
  const now = await runner.run(stateReason(uuid), options);
  const isOff = now.ok && (now.value.state === 'shut off' || now.value.state === 'crashed');
  return isOff ? success(undefined) : destroyed;
}
