/** What there is on a host: each of these is one round trip, however much there is. */

import type { VirshCommand } from './command.ts';
import { type DomainTrait, listIdentities, listStates, listWith } from './commands/domain.ts';
import { listNetworks, type Which } from './commands/network.ts';
import { currentSnapshot, listSnapshots } from './commands/snapshot.ts';
import { listPoolsThat } from './commands/storage.ts';
import { byName, type DomainEntry } from './domains.ts';
import type { VirshFailure } from './failures/explain.ts';
import { type Result, success } from './result.ts';
import { Batch } from './run/batch.ts';
import type { Runner, RunOptions } from './run/runner.ts';

export interface DomainSituation extends DomainEntry {
  /** Gone for good once it is off. */
  readonly isTransient: boolean;
  readonly isAutostart: boolean;
  readonly hasSnapshots: boolean;
  /** Its memory waits on the disk of the host for the next start. */
  readonly hasManagedSave: boolean;
}

/** All domains, by name. */
export async function readDomains(
  runner: Runner,
  options: RunOptions = {},
): Promise<Result<readonly DomainSituation[], VirshFailure>> {
  const batch = new Batch(runner);
  const identitiesAnswer = batch.add(listIdentities());
  const statesAnswer = batch.add(listStates());
  const traitAnswers = (['transient', 'autostart', 'with-snapshot', 'with-managed-save'] as const).map(
    async (trait): Promise<readonly [DomainTrait, ReadonlySet<string>]> => {
      const answer = await batch.add(listWith(trait));
      // A driver without snapshots or managed save refuses to list by them.
      return [trait, answer.ok ? answer.value : new Set()];
    },
  );
  await batch.send(options);
  const [identities, states] = [await identitiesAnswer, await statesAnswer];
  if (!identities.ok) return identities;
  const traits = new Map(await Promise.all(traitAnswers));
  const has = (trait: DomainTrait, uuid: string): boolean => traits.get(trait)?.has(uuid) ?? false;
  const domains = identities.value.map(({ uuid, name }) => ({
    uuid,
    name,
    state: (states.ok ? states.value.get(name) : undefined) ?? 'unknown',
    isTransient: has('transient', uuid),
    isAutostart: has('autostart', uuid),
    hasSnapshots: has('with-snapshot', uuid),
    hasManagedSave: has('with-managed-save', uuid),
  }));
  return success(domains.sort(byName));
}

/** A network or a storage pool. */
export interface HostObject {
  readonly name: string;
  readonly isActive: boolean;
  readonly isAutostart: boolean;
}

export function readNetworks(
  runner: Runner,
  options?: RunOptions,
): Promise<Result<readonly HostObject[], VirshFailure>> {
  return readObjects(runner, listNetworks, options);
}

export function readPools(runner: Runner, options?: RunOptions): Promise<Result<readonly HostObject[], VirshFailure>> {
  return readObjects(runner, listPoolsThat, options);
}

async function readObjects(
  runner: Runner,
  list: (which: Which) => VirshCommand<readonly string[]>,
  options: RunOptions = {},
): Promise<Result<readonly HostObject[], VirshFailure>> {
  const batch = new Batch(runner);
  const objects = objectsOf(batch, list);
  await batch.send(options);
  return objects;
}

/** The same as questions in a batch that asks for more. */
export async function objectsOf(
  batch: Batch,
  list: (which: Which) => VirshCommand<readonly string[]>,
): Promise<Result<readonly HostObject[], VirshFailure>> {
  const answers = [batch.add(list('active')), batch.add(list('inactive')), batch.add(list('autostart'))] as const;
  const [active, inactive, autostart] = await Promise.all(answers);
  if (!active.ok) return active;
  if (!inactive.ok) return inactive;
  const automatic = new Set(autostart.ok ? autostart.value : []);
  const object = (isActive: boolean) => (name: string) => ({ name, isActive, isAutostart: automatic.has(name) });
  return success([...active.value.map(object(true)), ...inactive.value.map(object(false))].sort(byName));
}

export interface SnapshotEntry {
  readonly name: string;
  /** The one that the domain stands on. */
  readonly isCurrent: boolean;
}

export async function readSnapshots(
  runner: Runner,
  domain: string,
  options: RunOptions = {},
): Promise<Result<readonly SnapshotEntry[], VirshFailure>> {
  const batch = new Batch(runner);
  const answers = Promise.all([batch.add(listSnapshots(domain)), batch.add(currentSnapshot(domain))]);
  await batch.send(options);
  const [names, current] = await answers;
  if (!names.ok) return names;
  return success(names.value.map((name) => ({ name, isCurrent: current.ok && current.value === name })));
}
