/**
 * Brings a volume to another host, through this machine, by libvirt's own streams. An image with backing files,
 * or with large holes, is made into a compact one first, by its own host.
 */
import { say } from '../../../server/src/l10n/say.ts';
import { createVolume, createVolumeFrom, dumpVolume, refreshPool } from '../commands/storage.ts';
import type { VirshFailure } from '../failures/explain.ts';
import type { Volume } from '../output/storageXml.ts';
import { failure, type Result, success } from '../result.ts';
import type { Runner } from '../run/runner.ts';
import { isFree } from './free.ts';
import { grow } from './growth.ts';
import { type Made, type MadeVolume, takeBack } from './made.ts';
import { mayHaveHappened, untilFree } from './patience.ts';
import { transfer } from './transfer.ts';
import type { VolumeCopy } from './types.ts';
import { type CloneWork, cancelled, ownFailure, type ReportCopy, type Step } from './work.ts';

export async function sendVolume(
  work: CloneWork,
  copy: VolumeCopy,
  report: ReportCopy,
): Promise<Result<void, VirshFailure>> {
  const { source, target, made, options } = work;
  const final: MadeVolume = { ...at(target, copy.pool, folderOf(copy.toPath), copy.to), isTemporary: false };
  if (copy.way === 'send')
    return bring(work, at(source, copy.fromPool, folderOf(copy.fromPath), copy.from), final, whole(copy), report);

  const packed = at(source, copy.fromPool, folderOf(copy.fromPath), copy.staged);
  const format = copy.way === 'pack' ? 'qcow2' : copy.format;
  const packing = { message: say`Making a compact image of ${copy.from}`, from: 0, to: 0.3, size: copy.bytes };
  const command = createVolumeFrom(
    { pool: packed.pool, name: packed.name, capacity: copy.capacity, format },
    copy.fromPool,
    copy.from,
  );
  const compact = await grow({ host: source, command, volume: packed, made, step: packing }, report, options);
  if (!compact.ok) return compact;
  const arrival = copy.way === 'pack' ? at(target, copy.pool, folderOf(copy.toPath), copy.staged) : final;
  const end = copy.way === 'pack' ? 0.8 : 1;
  const sent = await bring(work, packed, arrival, { ...whole(copy), from: 0.3, to: end }, report);
  if (!sent.ok || copy.way === 'flatten') return sent.ok ? clear(made) : sent;

  const unpack = createVolumeFrom(
    { pool: copy.pool, name: copy.to, capacity: copy.capacity, format: copy.format },
    copy.pool,
    copy.staged,
  );
  const unpacking = { message: say`Making ${copy.to} of it`, from: end, to: 1, size: copy.bytes };
  const unpacked = await grow({ host: target, command: unpack, volume: final, made, step: unpacking }, report, options);
  return unpacked.ok ? clear(made) : unpacked;
}

/** What was made for the way is not needed any more. What cannot be removed now is tried again at the end. */
async function clear(made: Made[]): Promise<Result<void, VirshFailure>> {
  const staged = made.filter((one) => one.kind === 'volume' && one.isTemporary);
  const { left } = await takeBack(staged);
  if (left.length === 0) for (const one of staged) made.splice(made.indexOf(one), 1);
  return success(undefined);
}

function at(host: Runner, pool: string, folder: string, name: string): MadeVolume {
  return { kind: 'volume', host, isTemporary: true, pool, name, path: folder + name };
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

const whole = ({ from, to, bytes }: VolumeCopy): Step => ({
  message: say`Sending ${from} to ${to}`,
  from: 0,
  to: 1,
  size: bytes,
});

/** Makes an empty volume and fills it; the sizes on both sides have to agree. */
async function bring(
  work: CloneWork,
  from: MadeVolume,
  to: MadeVolume,
  step: Step,
  report: ReportCopy,
): Promise<Result<void, VirshFailure>> {
  const { source, target, made, options } = work;
  const [original, free] = await Promise.all([
    source.run(dumpVolume(from.pool, from.name), options),
    isFree(work, to.pool, to.name, to.path),
  ]);
  if (!original.ok) return original;
  if (!free.ok) return free;
  // Begun, it is not cancelled: it takes a moment.
  if (options.signal?.aborted) return cancelled();
  // As raw and empty: the image that comes brings its own header, and what is longer than it would stay behind its end.
  const created = await target.run(createVolume(to.pool, to.name, 0, 'raw'));
  if (created.ok || mayHaveHappened(created.error)) made.push(to);
  if (!created.ok) return created;
  const sized = { ...step, size: original.value.physical };
  const sent = await transfer({ source, target, from, to }, original.value, sized, report, options);
  if (!sent.ok) return sent;
  const looked = await untilFree(() => target.run(refreshPool(to.pool), options), 0);
  if (!looked.ok) return looked;
  const arrived = await target.run(dumpVolume(to.pool, to.name), options);
  if (!arrived.ok) return arrived;
  return isSame(original.value, arrived.value, target);
}

/** libvirt at the target has to see what was sent: what follows works with the image that libvirt takes it for. */
function isSame(original: Volume, arrived: Volume, { connection }: Runner): Result<void, VirshFailure> {
  const { name, physical, format } = original;
  if (arrived.physical !== physical) {
    const message = say`${name} has ${physical} bytes, but ${arrived.physical} have arrived at ${connection.name}. Try again.`;
    return failure(ownFailure('other', message));
  }
  // Of a block device libvirt tells no format.
  if (format === undefined || arrived.format === format) return success(undefined);
  const message = say`${name} is ${format}, but libvirt at ${connection.name} takes what has arrived for ${arrived.format}. Try again.`;
  return failure(ownFailure('other', message));
}
