/** The commands on connections and on the Hosts view. */
import * as vscode from 'vscode';
import type { ClientContext } from '../../context.ts';
import { withProgress } from '../../progress.ts';
import { defineDomain } from '../domain/defineDomain.ts';
import { executing } from '../executing.ts';
import type { Target } from '../target.ts';
import { addConnection } from './addConnection.ts';
import { connectInTerminal } from './connectInTerminal.ts';
import { copyText } from './copyText.ts';
import { editConnection } from './editConnection.ts';
import { explainFailure } from './explainFailure.ts';
import { filterHosts } from './filterHosts.ts';
import { removeConnection } from './removeConnection.ts';

export function registerConnectionCommands(context: ClientContext): void {
  executing(context, 'libvirt.addConnection', addConnection);
  executing(context, 'libvirt.editConnection', editConnection);
  executing(context, 'libvirt.removeConnection', removeConnection);
  executing(context, 'libvirt.connectInTerminal', connectInTerminal);
  executing(context, 'libvirt.refreshHosts', refreshHosts);
  executing(context, 'libvirt.cancelConnecting', cancelConnecting);
  executing(context, 'libvirt.explainFailure', explainFailure);
  executing(context, 'libvirt.filterHosts', filterHosts);
  executing(context, 'libvirt.clearHostsFilter', (its) => filterHosts(its, ''));
  executing(context, 'libvirt.openPlayground', openPlayground);
  executing(context, 'libvirt.defineOnHost', (its, { connection }: Target) =>
    defineDomain(its, undefined, connection === undefined ? {} : { connection }),
  );
  executing(context, 'libvirt.copyName', (_, clicked: unknown, selected: unknown) =>
    copyText('name', clicked, selected),
  );
  executing(context, 'libvirt.copyUuid', (_, clicked: unknown, selected: unknown) =>
    copyText('uuid', clicked, selected),
  );
}

/** One host where a node of it is given, else all that are shown unfolded. */
async function refreshHosts({ hosts }: ClientContext, { connection }: Target = {}): Promise<void> {
  if (connection === undefined) hosts.refreshAll();
  else await hosts.refresh(connection);
}

async function cancelConnecting({ hosts }: ClientContext, { connection }: Target = {}): Promise<void> {
  if (connection !== undefined) hosts.find(connection)?.cancel();
}

function openPlayground({ hosts }: ClientContext): Promise<void> {
  return withProgress(vscode.l10n.t('Opening the playground'), () => hosts.openPlayground());
}
