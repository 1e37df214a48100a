/** Libvirt: Force Off */
import * as vscode from 'vscode';
import { type DomainEntry, forceOff as forceDomainOff, type Runner } from '../../../../virsh/src/index.ts';
import { pickConnection } from '../../connections/pickConnection.ts';
import { pickDomain } from '../../connections/pickDomain.ts';
import { isActive } from '../../connections/states.ts';
import type { ClientContext } from '../../context.ts';
import { confirm, mention } from '../../notify.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';
import type { Target } from '../target.ts';

export interface ForceOffRequest extends Target {
  /** Yes to the question. */
  readonly confirm?: boolean;
}

/** Switches a VM off like pulling its plug, after a modal question. True when it is off. */
export async function forceOffDomain(context: ClientContext, request: ForceOffRequest = {}): Promise<boolean> {
  const runner = await pickConnection(context, request.connection);
  if (!runner) return false;
  const chosen = await pickDomain(context, runner, {
    title: vscode.l10n.t('Force a VM off'),
    accept: isActive,
    nothing: vscode.l10n.t('{0} has no VM that runs.', runner.connection.name),
    name: request.domain,
  });
  return chosen ? forceOff(context, runner, chosen, request.confirm) : false;
}

/** The question and the deed for a VM already chosen. */
export async function forceOff(
  context: ClientContext,
  runner: Runner,
  { name, uuid }: DomainEntry,
  isConfirmed = false,
): Promise<boolean> {
  const host = runner.connection.name;
  const question = vscode.l10n.t('Force off "{0}" on "{1}"?', name, host);
  const detail = vscode.l10n.t('This is pulling the plug: what the guest has not written to its disks is lost.');
  if (!isConfirmed && !(await confirm(question, vscode.l10n.t('Force Off'), detail))) return false;
  const done = await withProgress(vscode.l10n.t('Forcing {0} off', name), (signal) =>
    forceDomainOff(runner, uuid, { signal }),
  );
  if (done.ok) mention(vscode.l10n.t('{0} on {1} is off.', name, host));
  else report(context, done.error);
  return done.ok;
}
