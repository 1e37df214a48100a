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
import { randomIdentities } from './names.ts';
import { type ClonePlan, type CloneSource, copiesOf, type TemporaryPool } from './types.ts';

/** Plans a clone called `name`. The error is why it cannot be made, one sentence each. */
export function planClone(
  source: CloneSource,
  name: string,
  identities = randomIdentities,
): Result<ClonePlan, readonly string[]> {
  const problem = nameProblem(source, name);
  if (problem) return failure([problem]);
  if (!canBeCloned(source.state)) {
    return failure([say`${source.name} is not shut off: a copy of its disks now would be torn. Shut it down first.`]);
  }
  const document = parseXml(source.xml);
  const { root, problems } = document;
  if (root?.name !== 'domain' || problems.length > 0)
    return failure([say`The definition of ${source.name} cannot be read.`]);
  const draft: Draft = {
    source,
    name,
    uuid: identities.uuid(),
    identities,
    document,
    domain: root,
    takenVolumes: new Map([...source.takenVolumes].map(([pool, names]) => [pool, new Set(names)])),
    takenMacs: new Set(source.takenMacs),
    edits: [],
    macs: [],
    disks: [],
    nvram: undefined,
    changes: [],
    warnings: [],
    refusals: [],
  };
  for (const part of [planIdentity, planDisks, planFirmware, planEndpoints]) part(draft);
  if (draft.refusals.length > 0) return failure(draft.refusals);
  const { uuid, macs, disks, nvram, changes, warnings, edits } = draft;
  const temporaryPools = neededPools(draft);
  for (const { directory } of temporaryPools) {
    changes.push(
      say`${directory} is in no storage pool: libvirt gets a temporary one over it for the copying. Files stay.`,
    );
  }
  const xml = applyEdits(source.xml, edits);
  return success({
    source: { name: source.name, uuid: source.uuid },
    name,
    uuid,
    macs,
    disks,
    nvram,
    temporaryPools,
    identity: identityTable(source.xml, xml, { disks, nvram }),
    changes,
    warnings,
    xml,
  });
}

/** Whether the disks of a domain in this state are at rest. */
export function canBeCloned(state: CloneSource['state']): boolean {
  return state === 'shut-off' || state === 'crashed';
}

function neededPools(draft: Draft): readonly TemporaryPool[] {
  const used = new Set(copiesOf(draft).map(({ pool }) => pool));
  return draft.source.temporaryPools.filter(({ name }) => used.has(name));
}

/** What libvirt does not take as a name, or has already. */
export function nameProblem({ takenNames }: Pick<CloneSource, 'takenNames'>, name: string): string | undefined {
  if (name.trim() === '') return say`A VM needs a name.`;
  if (/[/\n\r]/.test(name)) return say`The name of a VM cannot contain a slash or a line break.`;
  if (forbiddenInXml.test(name)) return say`The name of a VM cannot contain control characters.`;
  if (takenNames.has(name)) return say`There is already a VM called ${name}.`;
  return undefined;
}

const forbiddenInXml = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
