/** Asks a host for everything that the plan of a clone needs. */
import { dumpXml, listWith } from '../commands/domain.ts';
import { addDomainList, type DomainEntry } from '../domains.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { type Result, success } from '../result.ts';
import { Batch } from '../run/batch.ts';
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
  const { name, uuid } = domain;
  const batch = new Batch(runner);
  const answers = Promise.all([
    batch.add(dumpXml(uuid, { inactive: true, secrets: true })),
    addDomainList(batch),
    batch.add(listWith('with-managed-save')),
  ]);
  await batch.send(options);
  const [xml, domains, saved] = await answers;
  if (!xml.ok) return xml;
  if (!domains.ok) return domains;
  const state = domains.value.find((entry) => entry.uuid === uuid)?.state ?? 'unknown';
  const [taken, found] = await Promise.all([
    takenBy(runner, domains.value, options),
    findVolumes(runner, placesOf(xml.value, options), options),
  ]);
  if (!taken.ok) return taken;
  if (!found.ok) return found;
  return success({
    name,
    uuid,
    state,
    // A driver without managed save refuses to list by it.
    hasManagedSave: saved.ok && saved.value.has(uuid),
    xml: xml.value,
    taken: taken.value,
    ...found.value,
  });
}
