/** The list of commands: one line each, or one for a room that registers its own. */
import * as vscode from 'vscode';
import { showAuditLog } from '../audit/auditLog.ts';
import type { ClientContext } from '../context.ts';
import { registerSnapshotCommands } from '../snapshots/register.ts';
import { registerConnectionCommands } from './connection/register.ts';
import { cloneDomain } from './domain/cloneDomain.ts';
import { registerDefinitionCommands } from './domain/registerDefinitions.ts';
import { registerLifecycleCommands } from './domain/registerLifecycle.ts';
import { executing } from './executing.ts';
import { checkDomainMigration } from './migration/checkMigration.ts';
import { applyCpuBaseline } from './migration/cpuBaseline.ts';
import { migrateDomain } from './migration/migrateDomain.ts';

export function registerCommands(context: ClientContext): void {
  executing(context, 'libvirt.cloneDomain', cloneDomain);
  executing(context, 'libvirt.checkMigration', checkDomainMigration);
  executing(context, 'libvirt.migrateDomain', migrateDomain);
  executing(context, 'libvirt.applyCpuBaseline', applyCpuBaseline);
  registerDefinitionCommands(context);
  registerLifecycleCommands(context);
  registerSnapshotCommands(context);
  registerConnectionCommands(context);
  const showLog = vscode.commands.registerCommand('libvirt.showLog', () => context.log.show());
  const showAudit = vscode.commands.registerCommand('libvirt.showAuditLog', () => showAuditLog(context));
  context.extension.subscriptions.push(showLog, showAudit);
}
