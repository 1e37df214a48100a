/** Libvirt: Clone VM… */
import * as vscode from 'vscode';
import { roundedSize } from '../../../../server/src/domain/sizes.ts';
import {
  type CloneProgress,
  type CloneSource,
  type CloneTarget,
  type DomainEntry,
  type Elsewhere,
  type Host,
  type Result,
  readCloneSource,
  readCloneTarget,
  readElsewhere,
  runClone,
  type VirshFailure,
} from '../../../../virsh/src/index.ts';
import { pickConnection } from '../../connections/pickConnection.ts';
import { pickDomain } from '../../connections/pickDomain.ts';
import { isActive, stateText } from '../../connections/states.ts';
import type { ClientContext } from '../../context.ts';
import { tell } from '../../notify.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';
import type { Target } from '../target.ts';
import { tellCloned, tellFailure } from './cloneEnd.ts';
import { askMethod, type CloneMethodRequest } from './cloneMethod.ts';
import { choosePlacement } from './clonePlacement.ts';
import { confirmClone, planNamedClone } from './cloneQuestions.ts';
import { refusesChanges } from './confirmDeed.ts';

export interface CloneRequest extends Target, CloneMethodRequest {
  /** Name of the clone; asked for where it is left out. */
  readonly name?: string;
  /** Yes to the plan. */
  readonly confirm?: boolean;
}

/** Who takes part. */
export interface CloneHosts {
  readonly source: Host;
  readonly target: Host;
}

/** Clones a VM on its own host or to another one. The UUID of the clone, or undefined where there is none. */
export async function cloneDomain(context: ClientContext, request: CloneRequest = {}): Promise<string | undefined> {
  const source = await pickConnection(context, request.connection);
  if (!source || refusesChanges({ host: source })) return undefined;
  const host = source.connection.name;
  const chosen = await pickDomain(context, source, {
    title: vscode.l10n.t('Clone a VM'),
    nothing: vscode.l10n.t('{0} has no VMs.', host),
    name: request.domain,
  });
  if (!chosen) return undefined;
  if (isActive(chosen.state) && request.method !== 'definition') {
    tellActive(host, chosen);
    return undefined;
  }
  const kind = await askMethod(context, source, request);
  if (!kind) return undefined;
  const { method } = kind;
  const target = kind.isElsewhere
    ? await pickConnection(context, request.to, vscode.l10n.t('Which host gets the clone?'))
    : source;
  if (!target || refusesChanges({ host: target })) return undefined;
  const hosts = { source, target };
  const read = await withProgress(vscode.l10n.t('Looking at {0}', chosen.name), (signal) =>
    lookAt(context, hosts, chosen, signal),
  );
  if (!read.ok) {
    report(context, read.error);
    return undefined;
  }
  const { known, there, elsewhere } = read.value;
  const destination = there && (await choosePlacement({ context, host: target, source: known }, there));
  if (there && !destination) return undefined;
  const order = { method, elsewhere, ...(destination ? { destination } : {}) };
  const plan = await planNamedClone(known, order, request.name);
  if (!plan || (!request.confirm && !(await confirmClone(context, hosts, plan)))) return undefined;
  const cloned = await withProgress(vscode.l10n.t('Cloning {0}', plan.source.name), (signal, step) =>
    runClone(source, plan, { target, signal, onProgress: (now) => step(progressText(now), now.fraction) }),
  );
  if (!cloned.ok) {
    await tellFailure(context, hosts, plan, cloned.error);
    return undefined;
  }
  await tellCloned(context, hosts, plan, cloned.value);
  return cloned.value.uuid;
}

/** Said before anything is asked: what a copy of the disks of a guest in motion would be. */
function tellActive(host: string, { name, state }: DomainEntry): void {
  const message = vscode.l10n.t(
    '{0} on {1} is {2}: a copy of its disks now would be torn, as after a power failure. Shut it down first.',
    name,
    host,
    stateText(state),
  );
  const target: Target = { connection: host, domain: name };
  const definitionOnly: CloneRequest = { ...target, method: 'definition' };
  tell(
    'warning',
    message,
    {
      title: vscode.l10n.t('Shut Down'),
      run: () => vscode.commands.executeCommand('libvirt.shutDownDomain', target),
    },
    {
      title: vscode.l10n.t('Clone the Definition Only'),
      run: () => vscode.commands.executeCommand('libvirt.cloneDomain', definitionOnly),
    },
  );
}

interface Known {
  readonly known: CloneSource;
  /** The other host that it goes to. */
  readonly there: CloneTarget | undefined;
  readonly elsewhere: Elsewhere;
}

async function lookAt(
  context: ClientContext,
  { source, target }: CloneHosts,
  domain: DomainEntry,
  signal: AbortSignal,
): Promise<Result<Known, VirshFailure>> {
  const isElsewhere = target !== source;
  const known = await readCloneSource(source, domain, { signal, isElsewhere });
  if (!known.ok) return known;
  const there = isElsewhere ? await readCloneTarget(source, domain, target, { signal }) : undefined;
  if (there && !there.ok) return there;
  const elsewhere = await lookElsewhere(context, [source, target], signal);
  return { ok: true, value: { known: known.value, there: there?.value, elsewhere } };
}

/** All hosts that are connected are asked for the addresses of their VMs; the others are not connected to for that. */
async function lookElsewhere(
  { hosts }: ClientContext,
  asked: readonly Host[],
  signal: AbortSignal,
): Promise<Elsewhere> {
  const names = new Set(asked.map(({ connection }) => connection.name));
  const others = hosts.list().filter(({ name }) => !names.has(name));
  const connected = others.filter(({ status }) => status.state === 'connected').map(({ host }) => host);
  const elsewhere = await readElsewhere(connected, { signal });
  const silent = others.filter(({ status }) => status.state !== 'connected');
  const reason = vscode.l10n.t('not connected');
  return { ...elsewhere, notAsked: [...elsewhere.notAsked, ...silent.map(({ name: host }) => ({ host, reason }))] };
}

function progressText({ message, done, size }: CloneProgress): string {
  if (done === undefined || size === undefined || size === 0) return message;
  return vscode.l10n.t('{0}: {1} of {2}', message, roundedSize(done), roundedSize(size));
}
