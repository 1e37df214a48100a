/** What a guest shows on its screen at this moment. */
import { pause } from '../clone/patience.ts';
import { option } from '../command.ts';
import type { VirshFailure } from '../failures/explain.ts';
import type { Host } from '../host.ts';
import { failure, type Result, success } from '../result.ts';
import type { RunOptions } from '../run/runner.ts';
import { asBitmap } from './pixmap.ts';

export interface Screenshot {
  readonly data: Buffer;
  readonly type: 'image/png' | 'image/bmp';
}

/** More than the largest screen has. */
const limit = 256 * 1024 * 1024;

/** How long the playground may be busy with another client before that is a failure. */
const busyMilliseconds = 5000;

type Taker = Pick<Host, 'stream' | 'connection'>;

/** PNG from a QEMU of 7.1 or newer; what an older one gives is made into an image that browsers know. */
export async function takeScreenshot(
  host: Taker,
  uuid: string,
  options: RunOptions = {},
): Promise<Result<Screenshot, VirshFailure>> {
  const deadline = performance.now() + busyMilliseconds;
  for (;;) {
    const taken = await takeOnce(host, uuid, options);
    if (taken.ok || taken.error.kind !== 'busy' || performance.now() > deadline) return taken;
    await pause(100, options.signal);
  }
}

async function takeOnce(host: Taker, uuid: string, options: RunOptions): Promise<Result<Screenshot, VirshFailure>> {
  const args = ['screenshot', option('domain', uuid), option('file', '/dev/stdout')];
  const started = await host.stream({ args, mode: 'receive' }, options);
  if (!started.ok) return started;
  const { output, ended, stop } = started.value;
  const chunks: Buffer[] = [];
  let size = 0;
  output.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) stop();
    else chunks.push(chunk);
  });
  const read = new Promise((resolve) => output.once('close', resolve));
  const end = await ended;
  if (!end.ok) return end;
  await read;
  const image = readImage(Buffer.concat(chunks));
  if (image) return success(image);
  const message = `virsh on ${host.connection.name} gave an image in a form that cannot be shown.`;
  return failure({ kind: 'unexpected-output', message, commandLine: '', exitCode: 0, stderr: '' });
}

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function readImage(data: Buffer): Screenshot | undefined {
  if (data.subarray(0, png.length).equals(png)) return { data, type: 'image/png' };
  const bitmap = asBitmap(data);
  return bitmap && { data: bitmap, type: 'image/bmp' };
}
