/** Libvirt: Start */
import * as vscode from 'vscode';
import { domain } from '../../../../virsh/src/index.ts';
import { pickConnection } from '../../connections/pickConnection.ts';
import { pickDomain } from '../../connections/pickDomain.ts';
import { isActive } from '../../connections/states.ts';
import type { ClientContext } from '../../context.ts';
import { mention } from '../../notify.ts';
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
  const { name, uuid } = chosen;
  const started = await withProgress(vscode.l10n.t('Starting {0} on {1}', name, host), (signal) =>
    runner.run(domain.start(uuid), { signal }),
  );
  if (started.ok) mention(vscode.l10n.t('{0} on {1} is running.', name, host));
  else report(context, started.error);
  return started.ok;
}
