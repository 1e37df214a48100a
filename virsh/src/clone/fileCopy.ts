/**
 * A volume that is a file, sent by the shells of both hosts. Where the accounts there may read and write such files themselves, as root may, that
 * takes less than half the time of libvirt's own streams, which pass every byte through more processes on either side.
 */
import { downloadArguments, uploadArguments } from '../commands/storage.ts';
import type { Volume } from '../output/storageXml.ts';
import type { PipeRequest } from '../run/pipe.ts';
import { quoteForShell } from '../run/quote.ts';
import type { RunOptions } from '../run/runner.ts';
import type { Route } from './transfer.ts';

/** The two ends of the pipe; undefined where the way through libvirt has to be taken. */
export async function fileCopy(
  { source, target, from, to }: Route,
  original: Volume,
  options: RunOptions,
): Promise<{ readonly send: PipeRequest; readonly receive: PipeRequest } | undefined> {
  const [reading, writing] = [quoteForShell(from.path), quoteForShell(to.path)];
  const [readable, writable] = await Promise.all([
    source.script(`[ -f ${reading} ] && [ -r ${reading} ] && stat -L -c '%s %Y' ${reading}`, options),
    target.script(`[ -f ${writing} ] && [ ! -L ${writing} ] && [ -w ${writing} ] && stat -c %s ${writing}`, options),
  ]);
  // What a path leads to in the shell may be another file than libvirt's own, which may live in a container.
  const isSame = readable.ok && readable.value.trim() === `${original.physical} ${original.modified}`;
  const isEmpty = writable.ok && writable.value.trim() === '0';
  if (!isSame || !isEmpty) return undefined;
  return {
    send: { args: downloadArguments(from.pool, from.name), mode: 'to-pipe', file: from.path },
    receive: { args: uploadArguments(to.pool, to.name), mode: 'from-pipe', isChange: true, file: to.path },
  };
}
