/** From volume to volume through this process, where there is no shell to join the two: on Windows. */
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { downloadArguments, uploadArguments } from '../commands/storage.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { failure, type Result, success } from '../result.ts';
import type { RunOptions } from '../run/runner.ts';
import type { Route } from './transfer.ts';
import { type ReportCopy, reportStep, type Step } from './work.ts';

/** How often the progress is told. */
const reportMilliseconds = 200;

export async function streamVolume(
  { source, target, from, to }: Route,
  step: Step,
  report: ReportCopy,
  options: RunOptions,
): Promise<Result<void, VirshFailure>> {
  const up = await target.stream({ args: uploadArguments(to.pool, to.name), mode: 'send', isChange: true }, options);
  if (!up.ok) return up;
  const down = await source.stream({ args: downloadArguments(from.pool, from.name), mode: 'receive' }, options);
  if (!down.ok) {
    up.value.stop();
    await up.value.ended;
    return down;
  }
  let bytes = 0;
  let told = Number.NEGATIVE_INFINITY;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (performance.now() - told > reportMilliseconds) {
        told = performance.now();
        reportStep(report, step, bytes);
      }
      done(null, chunk);
    },
  });
  let first: VirshFailure | undefined;
  let isSent = false;
  const downEnd = down.value.ended.then((end) => {
    isSent = end.ok;
    if (end.ok) return;
    first ??= end.error;
    up.value.stop();
  });
  const upEnd = up.value.ended.then((end) => {
    if (!end.ok) first ??= end.error;
    if (!isSent) down.value.stop();
  });
  // A download that breaks off ends its output like one that is complete: the upload must not be given that end. An upload that breaks off says why.
  const flow = pipeline(down.value.output, counter, up.value.input, { end: false }).catch(() => upEnd);
  await Promise.all([flow, downEnd]);
  up.value.input.end();
  await upEnd;
  return first ? failure(first) : success(undefined);
}
