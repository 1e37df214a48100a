/** Libvirt: Shut Down */
import * as vscode from 'vscode';
import {
  type DomainEntry,
  domain,
  listDomains,
  type Result,
  type Runner,
  type VirshFailure,
} from '../../../../virsh/src/index.ts';
import { pickConnection } from '../../connections/pickConnection.ts';
import { pickDomain } from '../../connections/pickDomain.ts';
import { isActive } from '../../connections/states.ts';
import type { ClientContext } from '../../context.ts';
import { ask, mention } from '../../notify.ts';
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
  const { name } = chosen;
  const ended = await withProgress(vscode.l10n.t('Shutting down {0} on {1}', name, host), (signal) =>
    shutDown(runner, chosen, signal),
  );
  if (!ended.ok) {
    report(context, ended.error);
    return false;
  }
  switch (ended.value) {
    case 'off':
      mention(vscode.l10n.t('{0} on {1} is off.', name, host));
      return true;
    case 'left-alone':
      mention(vscode.l10n.t('{0} on {1} has been asked to shut down and may still do so.', name, host));
      return false;
    case 'running': {
      const force = vscode.l10n.t('Force Off…');
      const message = vscode.l10n.t('{0} on {1} still runs: its system may not react to the power button.', name, host);
      return (await ask('warning', message, force)) === force && forceOff(context, runner, chosen);
    }
  }
}

/** Once the guest has been asked, cancelling ends the waiting only: the guest is left alone with it. */
async function shutDown(
  runner: Runner,
  { uuid }: DomainEntry,
  signal: AbortSignal,
): Promise<Result<'off' | 'running' | 'left-alone', VirshFailure>> {
  const asked = await runner.run(domain.shutdown(uuid), { signal });
  if (!asked.ok) return asked;
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  while (Date.now() < deadline) {
    const listed = await listDomains(runner, { signal });
    if (signal.aborted) return { ok: true, value: 'left-alone' };
    if (!listed.ok) return listed;
    const now = listed.value.find((entry) => entry.uuid === uuid);
    // A transient domain is gone once it is off.
    if (!now || !isActive(now.state)) return { ok: true, value: 'off' };
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
  return { ok: true, value: 'running' };
}
