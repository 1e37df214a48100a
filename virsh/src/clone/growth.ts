/** Runs a command with which a host makes a volume of another, and tells how much of it there is. */
import type { VirshCommand } from '../command.ts';
import { dumpVolume } from '../commands/storage.ts';
import type { VirshFailure } from '../failures/explain.ts';
import type { Result } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import type { Made, MadeVolume } from './made.ts';
import { mayHaveHappened, pause } from './patience.ts';
import { type ReportCopy, reportStep, type Step } from './work.ts';

/** How often the growing volume is looked at; less often where looking takes long, so that it does not slow down what it looks at. */
const watchMilliseconds = 1000;
const restPerLook = 9;

export interface Growing {
  readonly host: Runner;
  readonly command: VirshCommand<void>;
  /** The volume that comes into being. It is put into `made` as soon as the host may have begun with it. */
  readonly volume: MadeVolume;
  readonly made: Made[];
  readonly step: Step;
}

export async function grow(
  { host, command, volume, made, step }: Growing,
  report: ReportCopy,
  options: RunOptions,
): Promise<Result<void, VirshFailure>> {
  reportStep(report, step, 0);
  const watch = new AbortController();
  const watching = watchGrowth(host, volume, watch.signal, (bytes) => reportStep(report, step, bytes));
  const grown = await host.run(command, options);
  watch.abort();
  await watching;
  if (grown.ok || mayHaveHappened(grown.error)) made.push(volume);
  if (grown.ok) reportStep(report, step, step.size);
  return grown;
}

/** Fails silently: the command itself tells what is wrong. */
async function watchGrowth(
  host: Runner,
  { pool, name }: { readonly pool: string; readonly name: string },
  signal: AbortSignal,
  report: (bytes: number) => void,
): Promise<void> {
  let rest = watchMilliseconds;
  while (!signal.aborted) {
    await pause(rest, signal);
    if (signal.aborted) return;
    const start = performance.now();
    const volume = await host.run(dumpVolume(pool, name), { signal });
    // A raw copy has all its space from the beginning, which says nothing.
    if (volume.ok && volume.value.format !== 'raw') report(volume.value.allocation);
    rest = Math.max(watchMilliseconds, restPerLook * (performance.now() - start));
  }
}
