/** Removing a definition: what else belongs to the domain and could go with it, and what really went. */
import { type Phrase, phrase, say } from '../../../server/src/l10n/say.ts';
import { dumpXml, undefine } from '../commands/domain.ts';
import { dumpVolume } from '../commands/storage.ts';
import { listDomains } from '../domains.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { readDomains } from '../inventory.ts';
import { failure, type Result, success } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import { type Belonging, type Belongings, readBelongings } from './belongings.ts';
import type { DomainReference } from './run.ts';
import { isActive } from './verbs.ts';

export interface UndefinePlan extends Belongings {
  readonly domain: DomainReference;
  /** The definition, with passwords where they may be read: to keep before it goes. */
  readonly xml: string;
}

/** Looks at everything, and changes nothing. Refused for a domain that runs: undefined then, it would vanish at its end. */
export async function planUndefine(
  runner: Runner,
  uuid: string,
  options: RunOptions = {},
): Promise<Result<UndefinePlan, VirshFailure>> {
  const listed = await listDomains(runner, options);
  if (!listed.ok) return listed;
  const domain = listed.value.find((entry) => entry.uuid === uuid);
  if (!domain) return failure(notDone('not-found', say`There is no VM ${uuid} at ${runner.connection.name} any more.`));
  if (isActive(domain)) {
    return failure(notDone('in-use', say`${domain.name} is not off. Shut it down first; then it can be undefined.`));
  }
  const xml = await runner.run(dumpXml(uuid, { inactive: true, secrets: true }), options);
  if (!xml.ok) return xml;
  const others = listed.value.filter((entry) => entry.uuid !== uuid);
  const belongings = await readBelongings(runner, uuid, xml.value, others, options);
  return belongings.ok ? success({ ...belongings.value, domain, xml: xml.value }) : belongings;
}

export interface Undefined {
  /** What was to go and is still there. */
  readonly left: readonly Belonging[];
}

/**
 * Removes the definition and what was chosen of the plan's belongings, nothing else. The success says that the definition is gone; of the rest
 * what is left is told, because libvirt answers with success where it could not delete a volume.
 */
export async function runUndefine(
  runner: Runner,
  { domain, belongings, xml }: UndefinePlan,
  chosen: readonly Belonging[],
  options: RunOptions = {},
): Promise<Result<Undefined, VirshFailure>> {
  const required = belongings.filter((belonging) => isRequired(belonging) && !chosen.includes(belonging));
  if (required.length > 0) {
    const kinds = required.map(({ kind }) => requiredWords[kind]).filter((words) => words !== undefined);
    const message = say`libvirt does not undefine ${domain.name} while ${kinds.join(say` and `)} exist. Nothing was done.`;
    return failure(notDone('refused', message));
  }
  const listed = await listDomains(runner, options);
  if (!listed.ok) return listed;
  if (listed.value.some((entry) => entry.uuid === domain.uuid && isActive(entry))) {
    const message = say`${domain.name} was started in the meantime. Nothing was done; shut it down first.`;
    return failure(notDone('changed-meanwhile', message));
  }
  const now = await runner.run(dumpXml(domain.uuid, { inactive: true, secrets: true }), options);
  if (!now.ok) return now;
  if (now.value !== xml) {
    const message = say`Someone else changed ${domain.name} in the meantime. Nothing was done; look at what would go again.`;
    return failure(notDone('changed-meanwhile', message));
  }
  const goes = (kind: Belonging['kind']): boolean => chosen.some((belonging) => belonging.kind === kind);
  const has = (kind: Belonging['kind']): boolean => belongings.some((belonging) => belonging.kind === kind);
  const storage = chosen.flatMap((belonging) => (belonging.kind === 'volume' ? [belonging.target] : []));
  const ran = await runner.run(
    undefine(domain.uuid, {
      managedSave: goes('managed-save'),
      snapshotsMetadata: goes('snapshots'),
      checkpointsMetadata: goes('checkpoints'),
      ...(has('nvram') ? { nvram: goes('nvram') ? 'remove' : 'keep' } : {}),
      ...(has('tpm') ? { tpm: goes('tpm') ? 'remove' : 'keep' } : {}),
      storage,
    }),
    options,
  );
  const after = await readDomains(runner);
  if (!after.ok) return ran.ok ? after : ran;
  // What the command says counts less than what there is.
  const there = after.value.find(({ uuid }) => uuid === domain.uuid);
  if (there?.isTransient) {
    const message = say`${domain.name} was started just before its definition was removed: it runs, and is gone when it goes off. To keep it, define it again while it runs.`;
    return failure(notDone('changed-meanwhile', message));
  }
  if (there) {
    return ran.ok ? failure(notDone('other', say`libvirt agreed, but ${domain.name} is still defined.`)) : ran;
  }
  return success({ left: await stillThere(runner, chosen) });
}

/** libvirt does not undefine a domain that has these: they go with it, or it stays. */
export function isRequired({ kind }: Belonging): boolean {
  return requiredWords[kind] !== undefined;
}

const requiredWords: Readonly<Partial<Record<Belonging['kind'], Phrase>>> = {
  'managed-save': phrase`its saved memory`,
  snapshots: phrase`its snapshots`,
  checkpoints: phrase`its checkpoints`,
};

async function stillThere(runner: Runner, chosen: readonly Belonging[]): Promise<readonly Belonging[]> {
  const left: Belonging[] = [];
  for (const belonging of chosen) {
    if (belonging.kind !== 'volume') continue;
    const found = await runner.run(dumpVolume(belonging.pool, belonging.volume));
    if (found.ok) left.push(belonging);
  }
  return left;
}

function notDone(kind: VirshFailure['kind'], message: string): VirshFailure {
  return { kind, message, commandLine: '', exitCode: null, stderr: '' };
}
