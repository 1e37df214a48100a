/** The extension in a browser: all but hosts. Composes the parts; decides nothing. */
import * as vscode from 'vscode';
import { explainHostsOutOfReach } from './browser/hostsOutOfReach.ts';
import { serverWorker } from './browser/serverWorker.ts';
import { openExample } from './commands/openExample.ts';
import { RULE_PAGE_SCHEME, RulePages } from './documents/rulePages.ts';
import { Language } from './language.ts';
import { LanguageStatus } from './languageStatus.ts';
import { createLog } from './log.ts';

let language: Language | undefined;

export async function activate(extension: vscode.ExtensionContext): Promise<void> {
  const log = createLog();
  language = new Language(serverWorker(extension), log);
  extension.subscriptions.push(
    log,
    vscode.workspace.registerTextDocumentContentProvider(RULE_PAGE_SCHEME, new RulePages(language)),
    new LanguageStatus(language),
    vscode.commands.registerCommand('libvirt.showLog', () => log.show()),
    vscode.commands.registerCommand('libvirt.openExample', (name: unknown) => openExample(extension, name)),
  );
  language.watch();
  await explainHostsOutOfReach(extension);
}

/** The server is given the time to end by itself. */
export function deactivate(): Promise<void> | undefined {
  return language?.stop();
}
