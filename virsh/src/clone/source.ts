/** Asks a host for everything that the plan of a clone needs. */
import { dumpXml } from '../commands/domain.ts';
import { type DomainEntry, listDomains } from '../domains.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { type Result, success } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import { placesOf } from './places.ts';
import { takenBy } from './taken.ts';
import type { CloneSource } from './types.ts';
import { findVolumes } from './volumes.ts';

export interface SourceOptions extends RunOptions {
  /** The clone goes to another host, which has none of the source's files. */
  readonly isElsewhere?: boolean;
}

/** Makes temporary pools over directories that no pool has, and ends them before it answers. */
export async function readCloneSource(
  runner: Runner,
  domain: DomainEntry,
  options: SourceOptions = {},
): Promise<Result<CloneSource, VirshFailure>> {
  const [xml, domains] = await Promise.all([
    runner.run(dumpXml(domain.uuid, { inactive: true, secrets: true }), options),
    listDomains(runner, options),
  ]);
  if (!xml.ok) return xml;
  if (!domains.ok) return domains;
  const taken = await takenBy(runner, domains.value, options);
  if (!taken.ok) return taken;
  const { name, uuid } = domain;
  const state = domains.value.find((entry) => entry.uuid === uuid)?.state ?? 'unknown';
  const found = await findVolumes(runner, placesOf(xml.value, options), options);
  if (!found.ok) return found;
  return success({
    name,
    uuid,
    state,
    xml: xml.value,
    taken: taken.value,
    ...found.value,
  });
}
