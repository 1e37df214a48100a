/** Libvirt: Force Off */
import * as vscode from 'vscode';
import { type DomainEntry, domain, type Runner } from '../../../../virsh/src/index.ts';
import { isActive, pickConnection, pickDomain } from '../../connections/pick.ts';
import type { ClientContext } from '../../context.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';
import type { Target } from '../target.ts';

/** Switches a VM off like pulling its plug, after a modal question. True when it is off. */
export async function forceOffDomain(
  context: ClientContext,
  target: Target & { readonly confirm?: boolean } = {},
): Promise<boolean> {
  const runner = await pickConnection(context, target.connection);
  if (!runner) return false;
  const chosen = await pickDomain(context, runner, {
    title: vscode.l10n.t('Force a VM off'),
    accept: isActive,
    nothing: vscode.l10n.t('{0} has no VM that runs.', runner.connection.name),
    name: target.domain,
  });
  return chosen ? forceOff(context, runner, chosen, target.confirm) : false;
}

/** The question and the deed for a VM already chosen. */
export async function forceOff(
  context: ClientContext,
  runner: Runner,
  { name, uuid }: DomainEntry,
  confirmed = false,
): Promise<boolean> {
  const host = runner.connection.name;
  const action = vscode.l10n.t('Force Off');
  const detail = vscode.l10n.t('This is pulling the plug: what the guest has not written to its disks is lost.');
  const message = vscode.l10n.t('Force off "{0}" on "{1}"?', name, host);
  if (!confirmed && (await vscode.window.showWarningMessage(message, { modal: true, detail }, action)) !== action) {
    return false;
  }
  const done = await withProgress(vscode.l10n.t('Forcing {0} off', name), (signal) =>
    runner.run(domain.destroy(uuid), { signal }),
  );
  if (!done.ok) report(context, done.error);
  return done.ok;
}
