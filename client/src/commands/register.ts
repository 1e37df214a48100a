/** The list of commands: one line each, or one for a room that registers its own. */
import * as vscode from 'vscode';
import type { Answers } from '../../../server/src/newDomain/answers.ts';
import { showAuditLog } from '../audit/auditLog.ts';
import type { ClientContext } from '../context.ts';
import { newDomain } from '../newDomain/newDomain.ts';
import { reportFault } from '../report.ts';
import { registerSnapshotCommands } from '../snapshots/register.ts';
import { registerConnectionCommands } from './connection/register.ts';
import { cloneDomain } from './domain/cloneDomain.ts';
import { registerDefinitionCommands } from './domain/registerDefinitions.ts';
import { registerLifecycleCommands } from './domain/registerLifecycle.ts';
import { executing } from './executing.ts';
import { checkHostTuning } from './host/checkHostTuning.ts';
import { saveHostFacts } from './host/saveHostFacts.ts';
import { checkDomainMigration } from './migration/checkMigration.ts';
import { applyCpuBaseline } from './migration/cpuBaseline.ts';
import { migrateDomain } from './migration/migrateDomain.ts';
import { openExample } from './openExample.ts';

export function registerCommands(context: ClientContext): void {
  executing(context, 'libvirt.cloneDomain', cloneDomain);
  executing(context, 'libvirt.checkMigration', checkDomainMigration);
  executing(context, 'libvirt.migrateDomain', migrateDomain);
  executing(context, 'libvirt.applyCpuBaseline', applyCpuBaseline);
  executing(context, 'libvirt.saveHostFacts', saveHostFacts);
  executing(context, 'libvirt.checkHostTuning', checkHostTuning);
  registerDefinitionCommands(context);
  registerLifecycleCommands(context);
  registerSnapshotCommands(context);
  registerConnectionCommands(context);
  const createNew = (given?: Answers): Promise<unknown> =>
    newDomain(context, given).catch((fault) => reportFault(context, fault));
  const showLog = vscode.commands.registerCommand('libvirt.showLog', () => context.log.show());
  const showAudit = vscode.commands.registerCommand('libvirt.showAuditLog', () => showAuditLog(context));
  // It reaches a host only where one is connected: without, or without trust, it works as well.
  const createDomain = vscode.commands.registerCommand('libvirt.newDomain', createNew);
  const example = vscode.commands.registerCommand('libvirt.openExample', (name: unknown) =>
    openExample(context.extension, name),
  );
  context.extension.subscriptions.push(showLog, showAudit, createDomain, example);
}
