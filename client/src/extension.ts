/** The extension, once it is wanted (entry.ts): composes its parts; decides nothing. */
import * as vscode from 'vscode';
import { speak } from '../../server/src/l10n/say.ts';
import { openAuditTrail } from './audit/auditLog.ts';
import { defineDocument } from './commands/domain/defineDocument.ts';
import { DefineMarks } from './commands/domain/defineMarks.ts';
import { registerCommands } from './commands/register.ts';
import { Connections } from './connections/connections.ts';
import { pickConnection } from './connections/pickConnection.ts';
import type { ClientContext } from './context.ts';
import { Bindings } from './documents/bindings.ts';
import { DriftMarks } from './documents/driftMarks.ts';
import { History } from './documents/history.ts';
import { HostDocuments } from './documents/hostDocuments.ts';
import { MemoryDocuments } from './documents/memoryDocuments.ts';
import { RulePages } from './documents/rulePages.ts';
import { FactsTeller } from './hosts/factsTeller.ts';
import { Hosts } from './hosts/hosts.ts';
import { Language } from './language.ts';
import { LanguageStatus } from './languageStatus.ts';
import { createLog } from './log.ts';
import { serverProcess } from './node/serverProcess.ts';
import type { HostsTree } from './tree/hostsTree.ts';
import { HostsView } from './tree/hostsView.ts';
import type { HostsNode } from './tree/nodes.ts';

/** What entry.ts hands on to VS Code, and what tests look at. */
export interface Extension {
  /** The nodes of the Hosts view. */
  readonly hosts: HostsTree;
  /** The documents of hosts. */
  readonly files: vscode.FileSystemProvider;
  /** The texts of read-only documents. */
  readonly shown: vscode.TextDocumentContentProvider;
  readonly rulePages: vscode.TextDocumentContentProvider;
  /** Where the extension keeps what outlives a window. */
  readonly storage: vscode.Uri;
  /** Ends the server, which is given the time to end by itself. */
  stop(): Promise<void>;
}

export function start(extension: vscode.ExtensionContext, view: vscode.TreeView<HostsNode>): Extension {
  speak(vscode.l10n.bundle);
  const log = createLog();
  const language = new Language(serverProcess(extension), log);
  const audit = openAuditTrail(extension, log, (host, domain) => hosts.nameOf(host, domain));
  const connections = new Connections(extension, log, audit);
  const documents = new MemoryDocuments();
  const marks = new DefineMarks();
  const hosts = new Hosts(extension, connections);
  const hostsView = new HostsView(hosts, connections, view);
  const history = new History(extension.globalStorageUri.fsPath, log);
  const bindings = new Bindings(extension.workspaceState);
  const hostDocuments = new HostDocuments({
    history,
    hostOf: (name) => pickConnection({ connections }, name),
    save: (saving) => defineDocument(context, saving),
  });
  const driftMarks = new DriftMarks({
    bindings,
    // A mark is not worth a login: only hosts that are connected are asked.
    hostOf: (name) => {
      const model = hosts.find(name);
      return model?.status.state === 'connected' ? model.host : undefined;
    },
    onDidChangeHost: hosts.onDidChange,
  });
  const factsTeller = new FactsTeller({ hosts, bindings, language, onDidAct: connections.onDidAct });
  const definitions = { documents, marks, history, bindings, hostDocuments };
  const context: ClientContext = { extension, log, audit, language, connections, hosts, hostsView, ...definitions };
  extension.subscriptions.push(log, connections, hosts, hostsView, documents, marks, hostDocuments, driftMarks);
  extension.subscriptions.push(factsTeller);
  extension.subscriptions.push(hosts.onDidChange((host) => host && hostDocuments.refreshSoon(host.name)));
  extension.subscriptions.push(new LanguageStatus(language));

  registerCommands(context);
  language.watch();
  return {
    hosts: hostsView.tree,
    files: hostDocuments,
    shown: documents,
    rulePages: new RulePages(language),
    storage: extension.globalStorageUri,
    stop: () => language.stop(),
  };
}
