/** Small questions that need more than one command. */
import { listIdentities, listStates } from './commands/domain.ts';
import type { VirshFailure } from './failures/explain.ts';
import type { DomainIdentity, DomainState } from './output/domainList.ts';
import { type Result, success } from './result.ts';
import type { Runner, RunOptions } from './run/runner.ts';

export interface DomainEntry extends DomainIdentity {
  readonly state: DomainState;
}

/** All domains with their states, by name. Two round trips, however many domains there are. */
export async function listDomains(
  runner: Runner,
  options: RunOptions = {},
): Promise<Result<readonly DomainEntry[], VirshFailure>> {
  const [identities, states] = await Promise.all([
    runner.run(listIdentities(), options),
    runner.run(listStates(), options),
  ]);
  if (!identities.ok) return identities;
  if (!states.ok) return states;
  const entries = identities.value.map(({ uuid, name }) => ({
    uuid,
    name,
    state: states.value.get(name) ?? 'unknown',
  }));
  return success(entries.sort((a, b) => a.name.localeCompare(b.name)));
}
