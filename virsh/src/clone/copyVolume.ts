/** Makes the volumes of a clone: on the source's host, or by way of this machine on another. */
import { say } from '../../../server/src/l10n/say.ts';
import { cloneVolume, createLinkedVolume, volumePath } from '../commands/storage.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { failure, type Result, success } from '../result.ts';
import { isFree } from './free.ts';
import { grow } from './growth.ts';
import { mayHaveHappened } from './patience.ts';
import { backingFormat } from './refusals.ts';
import { sendVolume } from './sendVolume.ts';
import type { VolumeCopy } from './types.ts';
import { type CloneWork, cancelled, ownFailure, type ReportCopy, volumeMade } from './work.ts';

export async function copyVolume(
  work: CloneWork,
  copy: VolumeCopy,
  report: ReportCopy,
): Promise<Result<void, VirshFailure>> {
  const { target, options } = work;
  // What is only sent looks just before it is.
  if (copy.way !== 'send') {
    const free = await isFree(work, copy.pool, copy.to, copy.toPath);
    if (!free.ok) return free;
  }
  const made = await makeVolume(work, copy, report);
  if (!made.ok) return made;
  const path = await target.run(volumePath(copy.pool, copy.to), options);
  if (!path.ok) return path;
  if (path.value === copy.toPath) return success(undefined);
  return failure(ownFailure('other', say`The copy of ${copy.from} is at ${path.value} instead of ${copy.toPath}.`));
}

function makeVolume(work: CloneWork, copy: VolumeCopy, report: ReportCopy): Promise<Result<void, VirshFailure>> {
  switch (copy.way) {
    case 'clone':
      return cloneInPool(work, copy, report);
    case 'link':
      return link(work, copy, report);
    case 'send':
    case 'flatten':
    case 'pack':
      return sendVolume(work, copy, report);
  }
}

function cloneInPool({ target, made, options }: CloneWork, copy: VolumeCopy, report: ReportCopy) {
  const command = cloneVolume(copy.pool, copy.from, copy.to);
  const step = { message: say`Copying ${copy.from} to ${copy.to}`, from: 0, to: 1, size: copy.bytes };
  return grow({ host: target, command, volume: volumeMade(target, copy), made, step }, report, options);
}

/** Begun, it is not cancelled: it takes a moment. */
async function link({ target, made, options }: CloneWork, copy: VolumeCopy, report: ReportCopy) {
  if (options.signal?.aborted) return cancelled();
  report({ message: say`Making ${copy.to} over ${copy.from}`, fraction: 0 });
  const { pool, to, capacity, fromPath, format } = copy;
  const linked = await target.run(
    createLinkedVolume(pool, to, capacity, { path: fromPath, format: backingFormat(format) }),
  );
  if (linked.ok || mayHaveHappened(linked.error)) made.push(volumeMade(target, copy));
  return linked;
}
