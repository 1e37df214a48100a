/** Looks at files that no pool has through temporary pools, which are ended again before the answer: planning leaves nothing behind. */
import { say } from '../../../server/src/l10n/say.ts';
import { dumpVolume } from '../commands/storage.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { failure, type Result, success } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import { mayHaveHappened } from './patience.ts';
import { directoryForPool, makeTemporaryPool, nameTemporaryPool, removeTemporaryPool } from './temporaryPool.ts';
import type { TemporaryPool } from './types.ts';
import { type Findings, readPool } from './volumes.ts';

/** Adds the files to the findings; the pools that they need. */
export async function lookInside(
  runner: Runner,
  files: readonly string[],
  findings: Findings,
  options: RunOptions,
): Promise<Result<readonly TemporaryPool[], VirshFailure>> {
  const pools: TemporaryPool[] = [];
  for (const [directory, inside] of byDirectory(files)) {
    const refuse = (reason: string): void => {
      for (const file of inside) findings.unreachable.set(file, reason);
    };
    if (directory === undefined) {
      refuse(say`is no absolute path, or belongs to the system itself. Copy it by hand.`);
      continue;
    }
    const pool = nameTemporaryPool(directory);
    const made = await makeTemporaryPool(runner, pool, options);
    if (made.ok) {
      const looked = await look(runner, pool, inside, findings, options);
      const left = await removeTemporaryPool(runner, pool);
      if (left) return failure(left);
      if (!looked.ok) return looked;
      pools.push(pool);
    } else if (made.error.neverStarted || made.error.kind === 'cancelled' || mayHaveHappened(made.error)) return made;
    else refuse(noTemporaryPool(made.error));
  }
  return success(pools);
}

function byDirectory(files: readonly string[]): ReadonlyMap<string | undefined, readonly string[]> {
  const directories = new Map<string | undefined, string[]>();
  for (const file of files) {
    const directory = directoryOf(file);
    directories.set(directory, [...(directories.get(directory) ?? []), file]);
  }
  return directories;
}

function directoryOf(file: string): string | undefined {
  return directoryForPool(file.slice(0, file.lastIndexOf('/') + 1));
}

async function look(
  runner: Runner,
  { name }: TemporaryPool,
  files: readonly string[],
  { volumes, unreachable, pools, takenVolumes }: Findings,
  options: RunOptions,
): Promise<Result<void, VirshFailure>> {
  const host = runner.connection.name;
  const read = await readPool(runner, name, options);
  if (!read.ok && read.error.kind !== 'not-found') return read;
  if (read.ok) {
    pools.set(name, read.value.pool);
    takenVolumes.set(name, read.value.volumes);
  }
  for (const file of files) {
    if (!read.ok) {
      unreachable.set(
        file,
        say`lies in no active storage pool, and ${host} forgets at once one that is made. Copy it by hand.`,
      );
      continue;
    }
    const volume = await runner.run(dumpVolume(name, file.slice(file.lastIndexOf('/') + 1)), options);
    if (volume.ok) volumes.set(file, { pool: name, volume: volume.value });
    else if (volume.error.kind !== 'not-found') return volume;
    else unreachable.set(file, say`does not exist at ${host}, or is no file that libvirt may read there.`);
  }
  return success(undefined);
}

function noTemporaryPool({ message }: VirshFailure): string {
  return say`lies in no active storage pool, and libvirt makes no temporary one over its directory. ${message} Or copy it by hand (qemu-img convert), and define a VM that uses the copy.`;
}
