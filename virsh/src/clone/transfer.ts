/** From the volume of one host into the volume of another. */
import { downloadArguments, uploadArguments } from '../commands/storage.ts';
import type { VirshFailure } from '../failures/explain.ts';
import type { Host } from '../host.ts';
import type { Volume } from '../output/storageXml.ts';
import type { Result } from '../result.ts';
import { type PipeRequest, runPipe } from '../run/pipe.ts';
import type { RunOptions } from '../run/runner.ts';
import { fileCopy } from './fileCopy.ts';
import { streamVolume } from './streamVolume.ts';
import { watchVolume } from './watchVolume.ts';
import { type ReportCopy, reportStep, type Step } from './work.ts';

interface VolumePlace {
  readonly pool: string;
  readonly name: string;
  readonly path: string;
}

export interface Route {
  readonly source: Host;
  readonly target: Host;
  readonly from: VolumePlace;
  readonly to: VolumePlace;
}

/** The volume at `to` is there and empty. Both ends wait for the slower one. The failure is that of the end that failed first; the other is stopped. */
export async function transfer(
  route: Route,
  original: Volume,
  step: Step,
  report: ReportCopy,
  options: RunOptions,
): Promise<Result<void, VirshFailure>> {
  reportStep(report, step, 0);
  const sent =
    process.platform === 'win32'
      ? await streamVolume(route, step, report, options)
      : await pipeVolume(route, original, step, report, options);
  if (sent.ok) reportStep(report, step, step.size);
  return sent;
}

async function pipeVolume(
  route: Route,
  original: Volume,
  step: Step,
  report: ReportCopy,
  options: RunOptions,
): Promise<Result<void, VirshFailure>> {
  const { source, target, to } = route;
  const { send, receive } = (await fileCopy(route, original, options)) ?? throughLibvirt(route);
  const up = await target.prepare(receive, options);
  if (!up.ok) return up;
  const down = await source.prepare(send, options);
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

function throughLibvirt({ from, to }: Route): { readonly send: PipeRequest; readonly receive: PipeRequest } {
  return {
    send: { args: downloadArguments(from.pool, from.name), mode: 'to-pipe' },
    receive: { args: uploadArguments(to.pool, to.name), mode: 'from-pipe', isChange: true },
  };
}
