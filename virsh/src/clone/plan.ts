/** From what is known of a domain to the plan of its clone. Pure: it asks no host and changes nothing. */

import { applyEdits } from '../../../server/src/finding.ts';
import { say } from '../../../server/src/l10n/say.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { failure, type Result, success } from '../result.ts';
import { planDisks } from './disks.ts';
import type { Draft } from './draft.ts';
import { planEndpoints } from './endpoints.ts';
import { planFirmware } from './firmware.ts';
import { planIdentity } from './identity.ts';
import { identityTable } from './identityTable.ts';
import { freshUuid, randomIdentities } from './names.ts';
import { planNetworks } from './networks.ts';
import { unrest } from './rest.ts';
import { planSpace } from './space.ts';
import { planSuitability } from './suitability.ts';
import { nowhereElse } from './taken.ts';
import { type CloneOrder, type ClonePlan, type CloneSource, copiesOf, type PlannedPool } from './types.ts';

const parts = [planSuitability, planIdentity, planDisks, planFirmware, planNetworks, planEndpoints, planSpace];

/** Plans a clone called `name`. The error is why it cannot be made, one sentence each. */
export function planClone(
  source: CloneSource,
  name: string,
  order: CloneOrder = {},
): Result<ClonePlan, readonly string[]> {
  const { method = 'full', destination, elsewhere = nowhereElse, identities = randomIdentities } = order;
  const problem = nameProblem((destination?.target ?? source).taken.names, name) ?? orderProblem(source, order);
  if (problem !== undefined) return failure([problem]);
  const document = parseXml(source.xml);
  const { root, problems } = document;
  if (root?.name !== 'domain' || problems.length > 0)
    return failure([say`The definition of ${source.name} cannot be read.`]);
  const takenVolumes = (destination?.target ?? source).takenVolumes;
  const everywhere = [
    source.taken,
    ...(destination ? [destination.target.taken] : []),
    ...elsewhere.asked.map(({ taken }) => taken),
  ];
  const draft: Draft = {
    source,
    method,
    destination,
    name,
    uuid: freshUuid(new Set(everywhere.flatMap(({ uuids }) => [...uuids])), identities),
    identities,
    document,
    domain: root,
    takenVolumes: new Map([...takenVolumes].map(([pool, names]) => [pool, new Set(names)])),
    takenMacs: new Set(everywhere.flatMap(({ macs }) => [...macs])),
    edits: [],
    macs: [],
    disks: [],
    nvram: undefined,
    networks: [],
    changes: [],
    warnings: [],
    refusals: [],
  };
  for (const part of parts) part(draft);
  if (draft.refusals.length > 0) return failure(draft.refusals);
  const { uuid, macs, disks, nvram, networks, changes, warnings, edits } = draft;
  const temporaryPools = neededPools(draft);
  for (const { directory, on } of temporaryPools) {
    changes.push(
      on === 'target'
        ? say`${directory} on ${destination?.target.name ?? ''} is in no storage pool: libvirt there gets a temporary one over it for the copying. Files stay.`
        : say`${directory} is in no storage pool: libvirt gets a temporary one over it for the copying. Files stay.`,
    );
  }
  const xml = applyEdits(source.xml, edits);
  const target = destination?.target.name;
  return success({
    method,
    source: { name: source.name, uuid: source.uuid },
    target,
    name,
    uuid,
    macs,
    disks,
    nvram,
    networks,
    temporaryPools,
    identity: identityTable(source.xml, xml, { disks, nvram, target }),
    elsewhere,
    changes,
    warnings,
    xml,
  });
}

function orderProblem(source: CloneSource, { method, destination }: CloneOrder): string | undefined {
  if (method === 'linked' && destination)
    return say`A linked clone reads the disks of its source all the time, so it stays on the host of the source.`;
  // Without its disks nothing is torn.
  return method === 'definition' ? undefined : unrest(source);
}

function neededPools(draft: Draft): readonly PlannedPool[] {
  const used = new Set(copiesOf(draft).flatMap(({ fromPool, pool }) => [fromPool, pool]));
  const here = draft.source.temporaryPools.map((pool) => ({ ...pool, on: 'source' }) as const);
  const there = draft.destination?.target.temporaryPools.map((pool) => ({ ...pool, on: 'target' }) as const) ?? [];
  return [...here, ...there].filter(({ name }) => used.has(name));
}

/** What libvirt does not take as a name, or has already. */
function nameProblem(takenNames: ReadonlySet<string>, name: string): string | undefined {
  if (name.trim() === '') return say`A VM needs a name.`;
  if (/[/\n\r]/.test(name)) return say`The name of a VM cannot contain a slash or a line break.`;
  if (forbiddenInXml.test(name)) return say`The name of a VM cannot contain control characters.`;
  if (takenNames.has(name)) return say`There is already a VM called ${name}.`;
  return undefined;
}

const forbiddenInXml = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
