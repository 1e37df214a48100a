/** Looks at a volume while it grows. */
import { dumpVolume } from '../commands/storage.ts';
import type { Volume } from '../output/storageXml.ts';
import type { Runner } from '../run/runner.ts';
import { pause } from './patience.ts';

/** How often it is looked at; less often where looking takes long, so that it does not slow down what it looks at. */
const watchMilliseconds = 1000;
const restPerLook = 9;

/** Until the signal. Fails silently: the command that lets it grow tells what is wrong. */
export async function watchVolume(
  host: Runner,
  { pool, name }: { readonly pool: string; readonly name: string },
  signal: AbortSignal,
  onLook: (volume: Volume) => void,
): Promise<void> {
  let rest = watchMilliseconds;
  while (!signal.aborted) {
    await pause(rest, signal);
    if (signal.aborted) return;
    const start = performance.now();
    const volume = await host.run(dumpVolume(pool, name), { signal });
    if (volume.ok) onLook(volume.value);
    rest = Math.max(watchMilliseconds, restPerLook * (performance.now() - start));
  }
}
