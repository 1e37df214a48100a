/** Saving a guest's memory, which a cancellation ends on the host: the guest runs on. */
import { pause } from '../clone/patience.ts';
import { managedSave } from '../commands/lifecycle.ts';
import { abortJob, jobInfo } from '../commands/migration.ts';
import type { VirshFailure } from '../failures/explain.ts';
import type { Result } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';

const pollMilliseconds = 500;

/** libvirt's answer: saving may have ended before the cancellation came. */
export async function saveManaged(
  runner: Runner,
  uuid: string,
  options: RunOptions = {},
): Promise<Result<void, VirshFailure>> {
  const end = new AbortController();
  let aborting: Promise<void> | undefined;
  const saved = await runner.run(managedSave(uuid), {
    ...options,
    onTooLate: () => {
      aborting = abortSaving(runner, uuid, end.signal);
    },
  });
  end.abort();
  await aborting;
  return saved;
}

/** libvirt does not take notice in every moment, so it is told until saving has ended; and no other job of the domain is. */
async function abortSaving(runner: Runner, uuid: string, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    const job = await runner.run(jobInfo(uuid), { signal: ended });
    if (job.ok && job.value && /^(?:Save)?$/.test(job.value.operation)) await runner.run(abortJob(uuid));
    await pause(pollMilliseconds, ended);
  }
}
