/** Runs the command of a migration while looking at how far it is; a cancellation ends it on the host, not only here. */
import { pause } from '../clone/patience.ts';
import type { VirshCommand } from '../command.ts';
import { abortJob, jobInfo } from '../commands/migration.ts';
import type { VirshFailure } from '../failures/explain.ts';
import type { JobInfo } from '../output/jobInfo.ts';
import type { Result } from '../result.ts';
import type { Runner } from '../run/runner.ts';

export interface MigrationWatch {
  readonly signal?: AbortSignal;
  /** How far it is, about once a second. */
  readonly onProgress?: (job: JobInfo) => void;
}

const pollMilliseconds = 700;
/** How long libvirt may take to undo a migration before the command that waits for it is stopped too. */
const undoMilliseconds = 30_000;

/**
 * libvirt's answer. Afterwards no migration of the domain runs any more, unless the host stopped answering or undoing took too long. `atTurn` is
 * asked when nothing is waited for any more.
 */
export async function runWatched(
  source: Runner,
  uuid: string,
  command: VirshCommand<void>,
  { signal, onProgress }: MigrationWatch,
  atTurn: () => Promise<Result<void, VirshFailure>>,
): Promise<Result<void, VirshFailure>> {
  const stop = new AbortController();
  let hasEnded = false;
  let isItsTurn = false;
  const begin = (): Promise<Result<void, VirshFailure>> => {
    isItsTurn = true;
    return atTurn();
  };
  const running = source.run(command, { signal: stop.signal, atTurn: begin }).finally(() => {
    hasEnded = true;
  });
  let hasBegun = false;
  let undoingSince: number | undefined;
  const isEnded = (): boolean => hasEnded;
  while (!isEnded()) {
    await Promise.race([running, pause(pollMilliseconds, undoingSince === undefined ? signal : undefined)]);
    if (isEnded()) break;
    // Until then it is another one's, for which the user did not ask here.
    const job = isItsTurn ? await outgoing(source, uuid) : undefined;
    hasBegun ||= job !== undefined;
    if (job && undoingSince === undefined) onProgress?.(job);
    if (!signal?.aborted || isEnded()) continue;
    undoingSince ??= performance.now();
    if (job) await source.run(abortJob(uuid));
    // It waits for its turn, or it has only spoken with the target so far: both end with the command.
    if (!hasBegun || performance.now() - undoingSince > undoMilliseconds) stop.abort();
  }
  const result = await running;
  if (!result.ok && !result.error.neverStarted) await untilUndone(source, uuid, signal);
  return result;
}

/** libvirt may be at it still when the command has been stopped, or has lost its connection. */
async function untilUndone(source: Runner, uuid: string, signal: AbortSignal | undefined): Promise<void> {
  for (const deadline = performance.now() + undoMilliseconds; performance.now() < deadline; ) {
    if (!(await outgoing(source, uuid))) return;
    if (signal?.aborted) await source.run(abortJob(uuid));
    await pause(pollMilliseconds);
  }
}

/** The migration of the domain, and no other job of it. */
async function outgoing(source: Runner, uuid: string): Promise<JobInfo | undefined> {
  const job = await source.run(jobInfo(uuid));
  return job.ok && job.value && /^(?:Outgoing migration)?$/.test(job.value.operation) ? job.value : undefined;
}
