/**
 * What a cloning has made, in the order in which it was made, and how it is taken back. A volume counts as made when its name was free just before
 * and libvirt did not refuse it; the domain is known by its new UUID.
 */
import { say } from '../../../server/src/l10n/say.ts';
import { undefine } from '../commands/domain.ts';
import { deleteVolume, destroyPool, refreshPool } from '../commands/storage.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { failure, type Result } from '../result.ts';
import type { Runner } from '../run/runner.ts';
import { commandByHand, onHost } from './byHand.ts';
import { untilFree } from './patience.ts';
import { isTemporaryPool } from './temporaryPool.ts';

interface OnHost {
  readonly host: Runner;
  /** It is taken back when all goes well, too. */
  readonly isTemporary: boolean;
}

export interface MadeVolume extends OnHost {
  readonly kind: 'volume';
  readonly pool: string;
  readonly name: string;
  readonly path: string;
}

interface MadeDomain extends OnHost {
  readonly kind: 'domain';
  readonly uuid: string;
  readonly name: string;
}

interface MadePool extends OnHost {
  readonly kind: 'pool';
  readonly name: string;
}

export type Made = MadeVolume | MadeDomain | MadePool;

/** What was made and could not be removed. */
export interface Leftover {
  /** `the volume /img/web2.qcow2`. */
  readonly what: string;
  readonly host: string;
  readonly reason: string;
  /** What removes it, as a shell takes it. */
  readonly command: string;
}

export interface TakenBack {
  /** Paths of the volumes that were removed. */
  readonly removed: readonly string[];
  readonly left: readonly Leftover[];
}

export interface TakeBackOptions {
  /** Called with what is removed now. */
  readonly onStep?: (what: string) => void;
  /** How long a host that does not answer is given to come back, in milliseconds. */
  readonly patience?: number;
}

/** Takes back what was made last first. Neither a failure nor anybody's cancelling stops it. */
export async function takeBack(all: readonly Made[], { onStep, patience }: TakeBackOptions = {}): Promise<TakenBack> {
  const removed: string[] = [];
  const left: Leftover[] = [];
  for (const made of all.toReversed()) {
    const what = whatIs(made);
    onStep?.(what);
    const gone = await remove(made, patience);
    if (gone.ok) {
      if (made.kind === 'volume') removed.push(made.path);
    } else if (gone.error.kind !== 'not-found') {
      left.push({ what, host: made.host.connection.name, reason: gone.error.message, command: removalByHand(made) });
    }
  }
  return { removed, left };
}

function whatIs(made: Made): string {
  if (made.kind === 'volume') return say`the volume ${made.path}`;
  return made.kind === 'domain' ? say`the definition of ${made.name}` : say`the temporary storage pool ${made.name}`;
}

async function remove(made: Made, patience?: number): Promise<Result<void, VirshFailure>> {
  const { host } = made;
  switch (made.kind) {
    case 'domain':
      return untilFree(() => host.run(undefine(made.uuid, { nvram: 'keep' })), patience);
    case 'pool':
      return untilFree(() => host.run(destroyPool(made.name)), patience);
    case 'volume': {
      const attempt = () => untilFree(() => host.run(deleteVolume(made.pool, made.name)), patience);
      const gone = await attempt();
      if (gone.ok || gone.error.kind !== 'not-found') return gone;
      // A daemon that was ended in mid-copy has forgotten the volume; its file may be there, with a pool that it has forgotten, too.
      const looked = await untilFree(() => host.run(refreshPool(made.pool)), patience);
      return looked.ok ? attempt() : failure({ ...looked.error, kind: 'other' });
    }
  }
}

function removalByHand(made: Made): string {
  const { connection } = made.host;
  switch (made.kind) {
    case 'domain':
      return commandByHand(connection, undefine(made.uuid, { nvram: 'keep' }));
    case 'pool':
      return commandByHand(connection, destroyPool(made.name));
    case 'volume':
      // The temporary pool goes, whatever becomes of the file.
      return isTemporaryPool(made.pool)
        ? onHost(connection, ['rm', '--', made.path])
        : commandByHand(connection, deleteVolume(made.pool, made.name));
  }
}
