/** Composes the parts of the extension; decides nothing. */
import * as vscode from 'vscode';
import { cloneDomain } from './commands/domain/cloneDomain.ts';
import { defineDocument } from './commands/domain/defineDocument.ts';
import { DefineMarks } from './commands/domain/defineMarks.ts';
import { forceOffDomain } from './commands/domain/forceOffDomain.ts';
import { registerDefinitions } from './commands/domain/registerDefinitions.ts';
import { shutDownDomain } from './commands/domain/shutDownDomain.ts';
import { startDomain } from './commands/domain/startDomain.ts';
import { Connections } from './connections/connections.ts';
import { pickConnection } from './connections/pickConnection.ts';
import type { ClientContext } from './context.ts';
import { Bindings } from './documents/bindings.ts';
import { History } from './documents/history.ts';
import { HostDocuments } from './documents/hostDocuments.ts';
import { MemoryDocuments } from './documents/memoryDocuments.ts';
import { RulePages } from './documents/rulePages.ts';
import { Language } from './language.ts';
import { LanguageStatus } from './languageStatus.ts';
import { createLog } from './log.ts';
import { reportFault } from './report.ts';
import { mayExecute } from './trust.ts';

let language: Language | undefined;

export function activate(extension: vscode.ExtensionContext): void {
  const log = createLog();
  language = new Language(extension, log);
  const connections = new Connections(extension, log);
  const documents = new MemoryDocuments();
  const marks = new DefineMarks();
  const history = new History(extension.globalStorageUri.fsPath, log);
  const bindings = new Bindings(extension.workspaceState);
  const hostDocuments = new HostDocuments({
    history,
    hostOf: (name) => pickConnection({ connections }, name),
    save: (saving) => defineDocument(context, saving),
  });
  const definitions = { documents, marks, history, bindings, hostDocuments };
  const context: ClientContext = { extension, log, language, connections, ...definitions };
  extension.subscriptions.push(log, connections, documents, marks, hostDocuments, new RulePages(language));
  extension.subscriptions.push(new LanguageStatus(language));

  /** Commands that reach a host: in an untrusted workspace none of them runs, and none of them throws at the user. */
  const executing = <Arguments extends unknown[]>(
    id: string,
    command: (context: ClientContext, ...given: Arguments) => Promise<unknown>,
  ): void => {
    const run = async (...given: Arguments): Promise<unknown> => {
      if (!mayExecute()) return undefined;
      try {
        return await command(context, ...given);
      } catch (fault) {
        reportFault(context, fault);
        return undefined;
      }
    };
    extension.subscriptions.push(vscode.commands.registerCommand(id, run));
  };
  executing('libvirt.cloneDomain', cloneDomain);
  registerDefinitions(context);
  executing('libvirt.startDomain', startDomain);
  executing('libvirt.shutDownDomain', shutDownDomain);
  executing('libvirt.forceOffDomain', forceOffDomain);
  extension.subscriptions.push(vscode.commands.registerCommand('libvirt.showLog', () => log.show()));

  language.watch();
}

/** The server is given the time to end by itself. */
export function deactivate(): Promise<void> | undefined {
  return language?.stop();
}
