/** Asks a host for everything that the plan of a clone needs. */
import { dumpXml } from '../commands/domain.ts';
import { type DomainEntry, listDomains } from '../domains.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { parseDomain } from '../output/domainXml.ts';
import { type Result, success } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import { placesOf } from './places.ts';
import { canBeCloned } from './plan.ts';
import type { CloneSource } from './types.ts';
import { findVolumes } from './volumes.ts';

/** Makes temporary pools over directories that no pool has, and ends them before it answers. */
export async function readCloneSource(
  runner: Runner,
  domain: DomainEntry,
  options: RunOptions = {},
): Promise<Result<CloneSource, VirshFailure>> {
  const xml = await runner.run(dumpXml(domain.uuid, { inactive: true, secrets: true }), options);
  if (!xml.ok) return xml;
  const domains = await listDomains(runner, options);
  if (!domains.ok) return domains;
  const definitions = await Promise.all(
    domains.value.map(({ uuid }) => runner.run(dumpXml(uuid, { inactive: true }), options)),
  );
  const takenMacs = definitions.flatMap((definition) =>
    // A domain that has gone in the meantime takes no address.
    definition.ok ? parseDomain(definition.value).interfaces.flatMap(({ mac }) => mac?.toLowerCase() ?? []) : [],
  );
  const { name, uuid } = domain;
  const state = domains.value.find((entry) => entry.uuid === uuid)?.state ?? 'unknown';
  const takenNames = new Set(domains.value.map((entry) => entry.name));
  // Nothing is asked of the storage for a plan that will not be made.
  const places = canBeCloned(state) ? placesOf(xml.value) : [];
  const found = await findVolumes(runner, places, options);
  if (!found.ok) return found;
  return success({
    name,
    uuid,
    state,
    xml: xml.value,
    takenNames,
    takenMacs: new Set(takenMacs),
    ...found.value,
  });
}
