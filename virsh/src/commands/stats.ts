/** What guests use of their host. */
import { readCommand, type VirshCommand } from '../command.ts';
import { type DomainSample, parseSamples } from '../output/domainStats.ts';

const groups = ['--state', '--cpu-total', '--vcpu', '--balloon', '--block', '--interface'];

/** Counters of every domain that runs, by name: one round trip for a whole host. */
export function sampleDomains(): VirshCommand<ReadonlyMap<string, DomainSample>> {
  // Without --nowait a guest with a busy monitor would hold up the answer about all others.
  return readCommand(['domstats', ...groups, '--list-active', '--nowait'], parseSamples);
}
