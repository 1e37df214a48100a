/** What can be done about a host that does not answer, or a part of it that cannot be read. */
import * as vscode from 'vscode';
import type { ClientContext } from '../../context.ts';
import { type Action, tell } from '../../notify.ts';
import { logFailure, openSettings, showDetails } from '../../report.ts';
import type { FailureNode } from '../../tree/nodes.ts';
import { connectInTerminal } from './connectInTerminal.ts';

/** Only a person can answer ssh's questions. */
const NEEDS_LOGIN: ReadonlySet<string> = new Set(['host-key-unknown', 'host-key-changed', 'login-refused']);
const NEEDS_PROGRAM: ReadonlySet<string> = new Set(['virsh-missing', 'ssh-missing']);

export async function explainFailure(context: ClientContext, node: FailureNode): Promise<void> {
  const { failure, connection } = node;
  const actions: Action[] = [
    ...(NEEDS_LOGIN.has(failure.kind)
      ? [{ title: vscode.l10n.t('Connect in a Terminal'), run: () => connectInTerminal(context, { connection }) }]
      : []),
    ...(NEEDS_PROGRAM.has(failure.kind) ? [openSettings('libvirt')] : []),
    { title: vscode.l10n.t('Try Again'), run: () => context.hosts.refresh(connection) },
    showDetails(context, failure),
  ];
  logFailure(context.log, failure);
  tell('error', failure.message, ...actions);
}
