/** Libvirt: Shut Down */
import * as vscode from 'vscode';
import { type DomainEntry, domain, listDomains, type Runner } from '../../../../virsh/src/index.ts';
import { isActive, pickConnection, pickDomain } from '../../connections/pick.ts';
import type { ClientContext } from '../../context.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';
import type { Target } from '../target.ts';
import { forceOff } from './forceOffDomain.ts';

/** A guest that has not gone down by then is most likely not listening to the power button. */
const PATIENCE_MILLISECONDS = 90_000;
const POLL_MILLISECONDS = 1000;

/** Asks a guest to shut down and waits for it. True when it is off. */
export async function shutDownDomain(context: ClientContext, target: Target = {}): Promise<boolean> {
  const runner = await pickConnection(context, target.connection);
  if (!runner) return false;
  const host = runner.connection.name;
  const chosen = await pickDomain(context, runner, {
    title: vscode.l10n.t('Shut down a VM'),
    accept: isActive,
    nothing: vscode.l10n.t('{0} has no VM that runs.', host),
    name: target.domain,
  });
  if (!chosen) return false;
  const outcome = await withProgress(vscode.l10n.t('Shutting down {0} on {1}', chosen.name, host), async (signal) => {
    const asked = await runner.run(domain.shutdown(chosen.uuid), { signal });
    if (asked.ok) return waitUntilOff(runner, chosen, signal);
    report(context, asked.error);
    return 'failed';
  });
  if (outcome !== 'running') return outcome === 'off';
  const force = vscode.l10n.t('Force Off…');
  const message = vscode.l10n.t(
    '{0} on {1} still runs: its system may not react to the power button.',
    chosen.name,
    host,
  );
  const answer = await vscode.window.showWarningMessage(message, force);
  return answer === force ? forceOff(context, runner, chosen) : false;
}

/** 'cancelled' ends the waiting only: the guest has been asked and may still go down. */
async function waitUntilOff(
  runner: Runner,
  { uuid }: DomainEntry,
  signal: AbortSignal,
): Promise<'off' | 'running' | 'cancelled'> {
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  while (Date.now() < deadline) {
    if (signal.aborted) return 'cancelled';
    const listed = await listDomains(runner, { signal });
    const now = listed.ok ? listed.value.find((entry) => entry.uuid === uuid) : undefined;
    // A transient domain is gone once it is off.
    if (listed.ok && (!now || !isActive(now.state))) return 'off';
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
  return 'running';
}
