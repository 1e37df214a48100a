/** Commands about definitions: their documents, their history, what differs. */
import type * as vscode from 'vscode';
import type { ClientContext } from '../../context.ts';
import { resolveConflict, type Side } from '../../documents/conflicts.ts';
import { HostLenses } from '../../documents/hostLenses.ts';
import { HostStatus } from '../../documents/hostStatus.ts';
import { executing } from '../executing.ts';
import { compareDomain } from './compareDomain.ts';
import { defineDomain } from './defineDomain.ts';
import { openDomainXml } from './openDomainXml.ts';
import { rollBackDomain } from './rollBackDomain.ts';
import { showHistory } from './showHistory.ts';

export function registerDefinitionCommands(context: ClientContext): void {
  executing(context, 'libvirt.defineDomain', defineDomain);
  executing(context, 'libvirt.openDomainXml', openDomainXml);
  executing(context, 'libvirt.showHistory', showHistory);
  executing(context, 'libvirt.rollBackDomain', rollBackDomain);
  executing(context, 'libvirt.compareDomain', compareDomain);
  executing(context, 'libvirt.resolveConflict', (_, uri: vscode.Uri, line: number, side: Side) =>
    resolveConflict(uri, line, side),
  );
  const { connections, extension, hostDocuments } = context;
  extension.subscriptions.push(new HostLenses(hostDocuments), new HostStatus(hostDocuments, connections));
}
