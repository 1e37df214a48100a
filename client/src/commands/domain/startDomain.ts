/** Libvirt: Start */
import * as vscode from 'vscode';
import { domain } from '../../../../virsh/src/index.ts';
import { isActive, pickConnection, pickDomain } from '../../connections/pick.ts';
import type { ClientContext } from '../../context.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';
import type { Target } from '../target.ts';

/** Starts a VM that is off. True when it runs. */
export async function startDomain(context: ClientContext, target: Target = {}): Promise<boolean> {
  const runner = await pickConnection(context, target.connection);
  if (!runner) return false;
  const host = runner.connection.name;
  const chosen = await pickDomain(context, runner, {
    title: vscode.l10n.t('Start a VM'),
    accept: (state) => !isActive(state),
    nothing: vscode.l10n.t('{0} has no VM that is off.', host),
    name: target.domain,
  });
  if (!chosen) return false;
  const started = await withProgress(vscode.l10n.t('Starting {0} on {1}', chosen.name, host), (signal) =>
    runner.run(domain.start(chosen.uuid), { signal }),
  );
  if (!started.ok) report(context, started.error);
  return started.ok;
}
