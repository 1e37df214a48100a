/** The list of commands: one line each, or one for a room that registers its own. */
import * as vscode from 'vscode';
import type { ClientContext } from '../context.ts';
import { registerConnectionCommands } from './connection/register.ts';
import { cloneDomain } from './domain/cloneDomain.ts';
import { defineDomain } from './domain/defineDomain.ts';
import { forceOffDomain } from './domain/forceOffDomain.ts';
import { openDomainXml } from './domain/openDomainXml.ts';
import { shutDownDomain } from './domain/shutDownDomain.ts';
import { startDomain } from './domain/startDomain.ts';
import { executing } from './executing.ts';

export function registerCommands(context: ClientContext): void {
  executing(context, 'libvirt.defineDomain', defineDomain);
  executing(context, 'libvirt.cloneDomain', cloneDomain);
  executing(context, 'libvirt.openDomainXml', openDomainXml);
  executing(context, 'libvirt.startDomain', startDomain);
  executing(context, 'libvirt.shutDownDomain', shutDownDomain);
  executing(context, 'libvirt.forceOffDomain', forceOffDomain);
  registerConnectionCommands(context);
  const showLog = vscode.commands.registerCommand('libvirt.showLog', () => context.log.show());
  context.extension.subscriptions.push(showLog);
}
