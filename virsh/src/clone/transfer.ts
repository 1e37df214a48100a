/** From the volume of one host into the volume of another. */
import { downloadArguments, uploadArguments } from '../commands/storage.ts';
import type { VirshFailure } from '../failures/explain.ts';
import type { Host } from '../host.ts';
import type { Result } from '../result.ts';
import { runPipe } from '../run/pipe.ts';
import type { RunOptions } from '../run/runner.ts';
import { streamVolume } from './streamVolume.ts';
import { watchVolume } from './watchVolume.ts';
import { type ReportCopy, reportStep, type Step } from './work.ts';

interface VolumeName {
  readonly pool: string;
  readonly name: string;
}

export interface Route {
  readonly source: Host;
  readonly target: Host;
  readonly from: VolumeName;
  readonly to: VolumeName;
}

/** Both ends wait for the slower one. The failure is that of the end that failed first; the other is stopped. */
export async function transfer(
  route: Route,
  step: Step,
  report: ReportCopy,
  options: RunOptions,
): Promise<Result<void, VirshFailure>> {
  reportStep(report, step, 0);
  const sent =
    process.platform === 'win32'
      ? await streamVolume(route, step, report, options)
      : await pipeVolume(route, step, report, options);
  if (sent.ok) reportStep(report, step, step.size);
  return sent;
}

async function pipeVolume(
  { source, target, from, to }: Route,
  step: Step,
  report: ReportCopy,
  options: RunOptions,
): Promise<Result<void, VirshFailure>> {
  const up = await target.prepare(
    { args: uploadArguments(to.pool, to.name), mode: 'from-pipe', isChange: true },
    options,
  );
  if (!up.ok) return up;
  const down = await source.prepare({ args: downloadArguments(from.pool, from.name), mode: 'to-pipe' }, options);
  if (!down.ok) {
    up.value.ends(down);
    await up.value.invocation.dispose();
    return down;
  }
  const watch = new AbortController();
  const watching = watchVolume(target, to, watch.signal, ({ physical }) => reportStep(report, step, physical));
  const piped = await runPipe(down.value, up.value, options);
  watch.abort();
  await watching;
  return piped;
}
