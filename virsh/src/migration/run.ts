/**
 * Moves a domain to another host, and tells afterwards where it is: by what both hosts say, not by what the command said. Of a migration that did
 * not happen nothing remains: images that libvirt made on the target are removed. Where nobody knows whether it has happened, they are told.
 */
import { say } from '../../../server/src/l10n/say.ts';
import { commandByHand } from '../clone/byHand.ts';
import type { Leftover } from '../clone/made.ts';
import { pause } from '../clone/patience.ts';
import type { VirshCommand } from '../command.ts';
import { type MigrateOptions, migrate } from '../commands/migration.ts';
import { deleteVolume, dumpVolume, refreshPool } from '../commands/storage.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { type DomainSituation, readDomains } from '../inventory.ts';
import type { DomainReference } from '../lifecycle/run.ts';
import { isActive } from '../lifecycle/verbs.ts';
import { failure, type Result, success } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import type { DiskCopy } from './copying.ts';
import { type MigrationWatch, runWatched } from './watchJob.ts';

export interface MigrationOrder extends Omit<MigrateOptions, 'copiedDisks'> {
  readonly domain: DomainReference;
  readonly copies: readonly DiskCopy[];
}

/** What a host says of the domain: undefined where it has none. */
export type Seen = Result<DomainSituation | undefined, VirshFailure>;

export type MigrationEnd =
  /** It is on the target as was asked, and the source has let it go. */
  | { readonly outcome: 'moved' }
  /** Cancelled or refused: both hosts are as before, but for what could not be removed. */
  | { readonly outcome: 'stayed'; readonly cause: VirshFailure; readonly left: readonly Leftover[] }
  /** Neither the one nor the other. */
  | {
      readonly outcome: 'unclear';
      readonly cause: VirshFailure | undefined;
      readonly source: Seen;
      readonly target: Seen;
      readonly copies: readonly PossibleCopy[];
    };

/** An image that libvirt may have made on the target, and that may be what the VM needs. The commands are as a shell takes them. */
export interface PossibleCopy {
  readonly path: string;
  readonly host: string;
  readonly look: string;
  readonly removal: string;
}

/** A failure is one before anything was tried, cancelled while it waited for its turn for one: nothing has changed. */
export async function runMigration(
  source: Runner,
  target: Runner,
  { domain, copies, ...options }: MigrationOrder,
  watch: MigrationWatch = {},
): Promise<Result<MigrationEnd, VirshFailure>> {
  const asking = watch.signal ? { signal: watch.signal } : {};
  const [before, there] = await Promise.all([look(source, domain, asking), look(target, domain, asking)]);
  if (!before.ok) return before;
  if (!there.ok) return there;
  const isAsPlanned = before.value !== undefined && isActive(before.value) === options.isActive;
  if (!isAsPlanned) return refuse('changed-meanwhile', say`${domain.name} has changed its state meanwhile. Try again.`);
  const command = migrate(domain.uuid, { ...options, copiedDisks: copies.map((copy) => copy.target) });
  const ran = await runWatched(source, domain.uuid, command, watch, () => areFree(target, copies, asking));
  if (!ran.ok && ran.error.neverStarted) return ran;
  const cause = ran.ok ? undefined : ran.error;
  const [now, arrived] = await Promise.all([lookPatiently(source, domain), lookPatiently(target, domain)]);
  if (now.ok && arrived.ok) {
    // Of a VM that is off the target may have had a definition before: it is no proof that a command which failed has done its work.
    if (cause && isSame(before.value, now.value) && isSame(there.value, arrived.value))
      return success({ outcome: 'stayed', cause, left: await removeCopies(target, copies) });
    if (hasMoved(now.value, arrived.value, options)) return success({ outcome: 'moved' });
  }
  const unclear = { outcome: 'unclear', cause, source: now, target: arrived } as const;
  return success({ ...unclear, copies: await findCopies(target, copies, arrived) });
}

async function look(runner: Runner, { uuid }: DomainReference, options: RunOptions = {}): Promise<Seen> {
  const domains = await readDomains(runner, options);
  return domains.ok ? success(domains.value.find((entry) => entry.uuid === uuid)) : domains;
}

const attempts = 3;
const betweenMilliseconds = 2000;

/** A connection that was cut may come again. */
async function lookPatiently(runner: Runner, domain: DomainReference): Promise<Seen> {
  for (let left = attempts; ; left -= 1) {
    const seen = await look(runner, domain);
    if (seen.ok || left === 1) return seen;
    await pause(betweenMilliseconds);
  }
}

type Asked = Pick<MigrateOptions, 'isActive' | 'isPersistent' | 'isUndefinedAtSource'>;

function hasMoved(
  source: DomainSituation | undefined,
  target: DomainSituation | undefined,
  { isActive: wasActive, isPersistent, isUndefinedAtSource }: Asked,
): boolean {
  const isThere = target !== undefined && isActive(target) === wasActive && (!isPersistent || !target.isTransient);
  const hasLeft = isUndefinedAtSource ? source === undefined : source === undefined || !isActive(source);
  return isThere && hasLeft;
}

function isSame(before: DomainSituation | undefined, now: DomainSituation | undefined): boolean {
  const mark = (one: DomainSituation | undefined): unknown => one && [one.name, isActive(one), one.state === 'paused'];
  return JSON.stringify(mark(before)) === JSON.stringify(mark(now)) && before?.isTransient === now?.isTransient;
}

async function areFree(
  target: Runner,
  copies: readonly DiskCopy[],
  options: RunOptions,
): Promise<Result<void, VirshFailure>> {
  for (const copy of copies) {
    const free = await isFree(target, copy, options);
    if (!free.ok) return free;
  }
  return success(undefined);
}

/** An image that is there would be written over, even one that the pool has not seen yet. */
async function isFree(
  target: Runner,
  { path, pool }: DiskCopy,
  options: RunOptions,
): Promise<Result<void, VirshFailure>> {
  const refreshed = await target.run(refreshPool(pool), options);
  if (!refreshed.ok) return refreshed;
  const found = await target.run(dumpVolume(pool, nameOf(path)), options);
  if (found.ok) return refuse('exists', say`${target.connection.name} has a file at ${path} now. Nothing was done.`);
  return found.error.kind === 'not-found' ? success(undefined) : found;
}

async function removeCopies(target: Runner, copies: readonly DiskCopy[]): Promise<readonly Leftover[]> {
  const left: Leftover[] = [];
  for (const { path, pool } of copies) {
    const refreshed = await target.run(refreshPool(pool));
    const removal = deleteVolume(pool, nameOf(path));
    const removed = refreshed.ok ? await target.run(removal) : refreshed;
    if (removed.ok || removed.error.kind === 'not-found') continue;
    const { connection } = target;
    const command = commandByHand(connection, removal);
    left.push({ what: path, host: connection.name, reason: removed.error.message, command });
  }
  return left;
}

/** What may be there. Those of a VM that runs on the target are its disks. */
async function findCopies(
  target: Runner,
  copies: readonly DiskCopy[],
  arrived: Seen,
): Promise<readonly PossibleCopy[]> {
  if (arrived.ok && arrived.value && isActive(arrived.value)) return [];
  const possible: PossibleCopy[] = [];
  for (const { path, pool } of copies) {
    const looking = dumpVolume(pool, nameOf(path));
    if (arrived.ok && (await isMissing(target, pool, looking))) continue;
    const { connection } = target;
    const look = commandByHand(connection, looking);
    const removal = commandByHand(connection, deleteVolume(pool, nameOf(path)));
    possible.push({ path, host: connection.name, look, removal });
  }
  return possible;
}

async function isMissing(target: Runner, pool: string, looking: VirshCommand<unknown>): Promise<boolean> {
  const refreshed = await target.run(refreshPool(pool));
  const found = refreshed.ok ? await target.run(looking) : refreshed;
  return !found.ok && found.error.kind === 'not-found';
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function refuse(kind: VirshFailure['kind'], message: string): { readonly ok: false; readonly error: VirshFailure } {
  return failure({ kind, message, commandLine: '', exitCode: null, stderr: '' });
}
