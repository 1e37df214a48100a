/** Composes the parts of the extension; decides nothing. */
import * as vscode from 'vscode';
import { cloneDomain } from './commands/domain/cloneDomain.ts';
import { defineDomain } from './commands/domain/defineDomain.ts';
import { forceOffDomain } from './commands/domain/forceOffDomain.ts';
import { openDomainXml } from './commands/domain/openDomainXml.ts';
import { shutDownDomain } from './commands/domain/shutDownDomain.ts';
import { startDomain } from './commands/domain/startDomain.ts';
import { showRulePage } from './commands/showRulePage.ts';
import { Connections } from './connections/connections.ts';
import type { ClientContext } from './context.ts';
import { MemoryDocuments } from './documents/memoryDocuments.ts';
import { Language } from './language.ts';
import { createLog } from './log.ts';
import { mayExecute } from './trust.ts';

/** For tests: whether the language server has been started. */
export interface ExtensionApi {
  readonly isServerRunning: () => boolean;
}

export function activate(extension: vscode.ExtensionContext): ExtensionApi {
  const log = createLog();
  const language = new Language(extension, log);
  const connections = new Connections(extension, log);
  const documents = new MemoryDocuments();
  const context: ClientContext = { extension, log, language, connections, documents };
  extension.subscriptions.push(log, language, connections, documents);

  /** Commands that reach a host: in an untrusted workspace none of them runs. */
  const executing = <Arguments extends unknown[]>(
    id: string,
    command: (context: ClientContext, ...given: Arguments) => Promise<unknown>,
  ): void => {
    const run = async (...given: Arguments): Promise<unknown> =>
      mayExecute() ? command(context, ...given) : undefined;
    extension.subscriptions.push(vscode.commands.registerCommand(id, run));
  };
  executing('libvirt.defineDomain', defineDomain);
  executing('libvirt.cloneDomain', cloneDomain);
  executing('libvirt.openDomainXml', openDomainXml);
  executing('libvirt.startDomain', startDomain);
  executing('libvirt.shutDownDomain', shutDownDomain);
  executing('libvirt.forceOffDomain', forceOffDomain);
  extension.subscriptions.push(
    vscode.commands.registerCommand('libvirt.showLog', () => log.show()),
    vscode.commands.registerCommand('libvirt.showRulePage', (rule: unknown, page: unknown) =>
      showRulePage(context, rule, page),
    ),
  );

  language.watch();
  return { isServerRunning: () => language.isRunning };
}
