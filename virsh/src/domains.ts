/** Small questions that need more than one command. */
import { listIdentities, listStates } from './commands/domain.ts';
import type { VirshFailure } from './failures/explain.ts';
import type { DomainIdentity, DomainState } from './output/domainList.ts';
import { type Result, success } from './result.ts';
import { Batch } from './run/batch.ts';
import type { Runner, RunOptions } from './run/runner.ts';

export interface DomainEntry extends DomainIdentity {
  readonly state: DomainState;
}

/** All domains with their states, by name. One round trip, however many domains there are. */
export async function listDomains(
  runner: Runner,
  options: RunOptions = {},
): Promise<Result<readonly DomainEntry[], VirshFailure>> {
  const batch = new Batch(runner);
  const answer = addDomainList(batch);
  await batch.send(options);
  return answer;
}

/** The same as a part of a round trip that asks for more. */
export async function addDomainList(batch: Batch): Promise<Result<readonly DomainEntry[], VirshFailure>> {
  const [identities, states] = await Promise.all([batch.add(listIdentities()), batch.add(listStates())]);
  if (!identities.ok) return identities;
  if (!states.ok) return states;
  const entries = identities.value.map(({ uuid, name }) => ({
    uuid,
    name,
    state: states.value.get(name) ?? 'unknown',
  }));
  return success(entries.sort(byName));
}

const collator = new Intl.Collator('en', { numeric: true });

/** The order of names in every list: vm2 stands before vm10. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return collator.compare(a.name, b.name);
}
