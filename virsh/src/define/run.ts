/** Defining a domain so that nothing is lost: look first, then change, then read back what libvirt made of it. */
import { applyEdits } from '../../../server/src/finding.ts';
import { say } from '../../../server/src/l10n/say.ts';
import { insertAfter, setText } from '../../../server/src/xml/edits.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { child, textOf } from '../../../server/src/xml/query.ts';
import { mayHaveHappened } from '../clone/patience.ts';
import { define, dumpXml, listWith } from '../commands/domain.ts';
import { addDomainList, type DomainEntry, listDomains } from '../domains.ts';
import { doubtMilliseconds } from '../failures/doubt.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { isSameValue } from '../preview/equivalence.ts';
import { compareDefinition, type Difference } from '../preview/readBack.ts';
import { failure, type Result, success } from '../result.ts';
import { Batch } from '../run/batch.ts';
import type { Runner, RunOptions } from '../run/runner.ts';

/** What a definition will do to the host, before it does it. */
export type DefinePlan =
  | { readonly action: 'create'; readonly name: string }
  | {
      readonly action: 'replace';
      readonly existing: ExistingDomain;
      /** Its memory is saved: the next start brings the guest back with the definition that it had then. */
      readonly hasManagedSave: boolean;
    }
  /** libvirt will refuse: the name belongs to a domain with another UUID, or the UUID to one with another name. */
  | {
      readonly action: 'conflict';
      readonly by: 'name' | 'uuid';
      readonly existing: ExistingDomain;
      readonly message: string;
    };

export interface ExistingDomain extends DomainEntry {
  /** The definition for its next start, with passwords: what a diff shows and a backup keeps. */
  readonly xml: string;
}

export async function planDefine(
  runner: Runner,
  xml: string,
  options: RunOptions = {},
): Promise<Result<DefinePlan, VirshFailure>> {
  const { name, uuid } = identityOf(xml);
  const batch = new Batch(runner);
  const answers = Promise.all([addDomainList(batch), batch.add(listWith('with-managed-save'))]);
  await batch.send(options);
  const [domains, saved] = await answers;
  if (!domains.ok) return domains;
  const byUuid = uuid === '' ? undefined : domains.value.find((entry) => isSameValue(entry.uuid, uuid));
  const entry = byUuid ?? domains.value.find((candidate) => candidate.name === name);
  if (!entry) return success({ action: 'create', name });
  const present = await runner.run(dumpXml(entry.uuid, { inactive: true, secrets: true }), options);
  if (!present.ok) return present;
  const existing = { ...entry, xml: present.value };
  if (byUuid && byUuid.name === name) {
    // A driver without managed save refuses to list by it.
    const hasManagedSave = saved.ok && saved.value.has(entry.uuid);
    return success({ action: 'replace', existing, hasManagedSave });
  }
  const message = byUuid
    ? say`The UUID of the file belongs to the VM ${entry.name}. Remove <uuid> to make a new VM, or rename the existing one first.`
    : uuid === ''
      ? say`There is already a VM called ${name}, and the file has no UUID. Take over its UUID (${entry.uuid}) to replace it.`
      : say`There is already a VM called ${name} with another UUID (${entry.uuid}). Take over that UUID to replace it, or choose another name.`;
  return success({ action: 'conflict', by: byUuid ? 'uuid' : 'name', existing, message });
}

export interface DefinedDomain {
  readonly uuid: string;
  /** The definition as libvirt keeps it, with passwords. */
  readonly storedXml: string;
  readonly differences: readonly Difference[];
  /** The definition that was replaced. */
  readonly previousXml: string | undefined;
}

export interface DefineOptions extends RunOptions {
  /** Check against the host's schema first; true where it is not given. */
  readonly validate?: boolean;
}

/** Carries the plan out, unless the domain was changed by someone else since it was made. */
export async function runDefine(
  runner: Runner,
  xml: string,
  plan: DefinePlan,
  { validate = true, ...options }: DefineOptions = {},
): Promise<Result<DefinedDomain, VirshFailure>> {
  if (plan.action === 'conflict') return failure(notDone('exists', plan.message));
  const now = await planDefine(runner, xml, options);
  if (!now.ok) return now;
  const isAsPlanned =
    plan.action === 'replace'
      ? now.value.action === 'replace' && now.value.existing.xml === plan.existing.xml
      : now.value.action === 'create';
  if (!isAsPlanned) {
    return failure(
      notDone(
        'changed-meanwhile',
        say`Someone else changed the VM in the meantime. Nothing was written; look at the difference again.`,
      ),
    );
  }
  const previousXml = plan.action === 'replace' ? plan.existing.xml : undefined;
  const defined = await runner.run(define(xml, { validate }), options);
  // The definition is there; a cancellation cannot undo it, so the reading back is not cancelled.
  if (defined.ok) {
    const found = await readBack(runner, xml, previousXml);
    return found.ok || found.error.kind === 'not-found' ? found : failure(notReadBack(runner, xml, found.error));
  }
  if (!mayHaveHappened(defined.error)) return defined;
  // The answer was lost on its way: the definition itself tells whether it has arrived.
  const found = await readBack(runner, xml, previousXml, { signal: AbortSignal.timeout(doubtMilliseconds) });
  return found.ok && found.value.storedXml !== previousXml ? found : defined;
}

async function readBack(
  runner: Runner,
  xml: string,
  previousXml: string | undefined,
  options: RunOptions = {},
): Promise<Result<DefinedDomain, VirshFailure>> {
  const domains = await listDomains(runner, options);
  if (!domains.ok) return domains;
  const { name } = identityOf(xml);
  const uuid = domains.value.find((entry) => entry.name === name)?.uuid;
  if (uuid === undefined)
    return failure(notDone('not-found', say`libvirt accepted the definition, but there is no VM ${name} now.`));
  const stored = await runner.run(dumpXml(uuid, { inactive: true, secrets: true }), options);
  if (!stored.ok) return stored;
  return success({ uuid, storedXml: stored.value, differences: compareDefinition(xml, stored.value), previousXml });
}

/** The definition is there all the same. */
function notReadBack({ connection }: Runner, xml: string, error: VirshFailure): VirshFailure {
  const { name } = identityOf(xml);
  const message = say`${name} is defined on ${connection.name}, but it could not be read back. ${error.message}`;
  return { ...error, kind: 'not-read-back', message };
}

/** The text with another domain's UUID in it, so that it replaces that domain. */
export function withUuid(xml: string, uuid: string): string {
  const document = parseXml(xml);
  const { root } = document;
  const present = root && child(root, 'uuid');
  if (present) return applyEdits(xml, setText(present, uuid));
  const name = root && child(root, 'name');
  return name ? applyEdits(xml, insertAfter(name, `<uuid>${uuid}</uuid>`, document)) : xml;
}

/** libvirt keeps the blanks of a name. */
function identityOf(xml: string): { readonly name: string; readonly uuid: string } {
  const { root } = parseXml(xml);
  const name = root ? child(root, 'name') : undefined;
  const text = (name?.children ?? []).map((node) => (node.kind === 'text' ? node.value : '')).join('');
  return { name: text, uuid: root ? textOf(child(root, 'uuid')) : '' };
}

function notDone(kind: VirshFailure['kind'], message: string): VirshFailure {
  return { kind, message, commandLine: '', exitCode: null, stderr: '' };
}
