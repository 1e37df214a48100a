/** Libvirt: Clone VM… */
import * as vscode from 'vscode';
import {
  type CloneFailure,
  type ClonePlan,
  type DomainEntry,
  type Host,
  readCloneSource,
  runClone,
} from '../../../../virsh/src/index.ts';
import { pickConnection } from '../../connections/pickConnection.ts';
import { pickDomain } from '../../connections/pickDomain.ts';
import { isActive, stateText } from '../../connections/states.ts';
import type { ClientContext } from '../../context.ts';
import { tell } from '../../notify.ts';
import { withProgress } from '../../progress.ts';
import { logFailure, report, showLog } from '../../report.ts';
import type { Target } from '../target.ts';
import { confirmClone, planNamedClone } from './cloneQuestions.ts';

export interface CloneRequest extends Target {
  /** Name of the clone; asked for where it is left out. */
  readonly name?: string;
  /** Yes to the plan. */
  readonly confirm?: boolean;
}

/** Clones a VM with its disks on the same host. The UUID of the clone, or undefined where there is none. */
export async function cloneDomain(context: ClientContext, request: CloneRequest = {}): Promise<string | undefined> {
  const runner = await pickConnection(context, request.connection);
  if (!runner) return undefined;
  const host = runner.connection.name;
  const chosen = await pickDomain(context, runner, {
    title: vscode.l10n.t('Clone a VM'),
    nothing: vscode.l10n.t('{0} has no VMs.', host),
    name: request.domain,
  });
  if (!chosen) return undefined;
  if (isActive(chosen.state)) {
    tellActive(host, chosen);
    return undefined;
  }
  const read = await withProgress(vscode.l10n.t('Looking at {0}', chosen.name), (signal) =>
    readCloneSource(runner, chosen, { signal }),
  );
  if (!read.ok) {
    report(context, read.error);
    return undefined;
  }
  const plan = await planNamedClone(read.value, request.name);
  if (!plan || (!request.confirm && !(await confirmClone(context, host, plan)))) return undefined;
  return carryOut(context, runner, plan);
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
  tell('warning', message, {
    title: vscode.l10n.t('Shut Down'),
    run: () => vscode.commands.executeCommand('libvirt.shutDownDomain', target),
  });
}

async function carryOut(context: ClientContext, runner: Host, plan: ClonePlan): Promise<string | undefined> {
  const host = runner.connection.name;
  const cloned = await withProgress(vscode.l10n.t('Cloning {0}', plan.source.name), (signal, step) =>
    runClone(runner, plan, { signal, onProgress: ({ message, fraction }) => step(message, fraction) }),
  );
  if (!cloned.ok) {
    tellFailure(context, plan, cloned.error);
    return undefined;
  }
  for (const { what, reason } of cloned.value.left) context.log.error(`Not removed: ${what} (${reason})`);
  const target: Target = { connection: host, domain: plan.name };
  tell('information', vscode.l10n.t('{0} is a clone of {1} on {2}.', plan.name, plan.source.name, host), {
    title: vscode.l10n.t('Open XML'),
    run: () => vscode.commands.executeCommand('libvirt.openDomainXml', target),
  });
  return cloned.value.uuid;
}

function tellFailure(context: ClientContext, { source }: ClonePlan, { cause, removed, left }: CloneFailure): void {
  const { log } = context;
  for (const path of removed) log.info(`Removed the unfinished copy ${path}`);
  for (const { what, reason } of left) log.error(`Not removed: ${what} (${reason})`);
  if (left.length > 0) {
    logFailure(log, cause);
    const rest = left.map(({ what }) => what).join(', ');
    const message = vscode.l10n.t(
      'Cloning {0} ended early ({1}), and this could not be removed: {2}',
      source.name,
      cause.message,
      rest,
    );
    tell('error', message, showLog(log));
  } else if (cause.kind === 'cancelled') {
    tell('information', vscode.l10n.t('Cloning {0} was cancelled; everything is as it was.', source.name));
  } else report(context, { ...cause, message: vscode.l10n.t('{0} Everything is as it was.', cause.message) });
}
