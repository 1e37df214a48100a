/** Runs a command with which a host makes a volume of another, and tells how much of it there is. */
import type { VirshCommand } from '../command.ts';
import type { VirshFailure } from '../failures/explain.ts';
import type { Result } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import type { Made, MadeVolume } from './made.ts';
import { mayHaveHappened } from './patience.ts';
import { watchVolume } from './watchVolume.ts';
import { type ReportCopy, reportStep, type Step } from './work.ts';

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
  const watching = watchVolume(host, volume, watch.signal, ({ format, allocation }) => {
    // A raw copy has all its space from the beginning, which says nothing.
    if (format !== 'raw') reportStep(report, step, allocation);
  });
  const grown = await host.run(command, options);
  watch.abort();
  await watching;
  if (grown.ok || mayHaveHappened(grown.error)) made.push(volume);
  if (grown.ok) reportStep(report, step, step.size);
  return grown;
}
