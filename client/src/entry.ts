/**
 * What VS Code loads with the first XML file, whoever's it is: the little that knows when the rest of the extension is wanted. That wakes with the
 * first of libvirt's documents, with a command, and when somebody looks at the Hosts view or at a document that we show.
 */
import * as vscode from 'vscode';
import { SHOWN_SCHEME } from './documents/memoryDocuments.ts';
import { RULE_PAGE_SCHEME } from './documents/rulePages.ts';
import { AwaitedFiles } from './entry/awaitedFiles.ts';
import { AwaitedTexts } from './entry/awaitedTexts.ts';
import { AwaitedTree } from './entry/awaitedTree.ts';
import { awaitedCommands } from './entry/commands.ts';
import type { Extension } from './extension.ts';
import { onFirstLibvirtDocument } from './libvirtDocuments.ts';

/** What other extensions, and our tests, may look at. */
export interface Exports {
  /** Wakes the extension. */
  whole(): Promise<Pick<Extension, 'hosts' | 'storage' | 'files'>>;
}

let whole: Promise<Extension> | undefined;

export function activate(context: vscode.ExtensionContext): Exports {
  const wake = (): Promise<Extension> => {
    whole ??= load();
    return whole;
  };
  // The rest of the extension is given this view: VS Code would forget it late, and then another of its name with it.
  const tree = new AwaitedTree(async () => (await wake()).hosts);
  const view = vscode.window.createTreeView('libvirt.hosts', {
    treeDataProvider: tree,
    canSelectMany: true,
    showCollapseAll: true,
  });
  const until = vscode.Disposable.from(
    awaitedCommands(context.extension, wake),
    onFirstLibvirtDocument(() => void wake()),
  );
  context.subscriptions.push(
    view,
    tree,
    new AwaitedFiles(async () => (await wake()).files),
    new AwaitedTexts(SHOWN_SCHEME, async () => (await wake()).shown),
    new AwaitedTexts(RULE_PAGE_SCHEME, async () => (await wake()).rulePages),
    until,
  );

  async function load(): Promise<Extension> {
    const { start } = await import('./extension.ts');
    until.dispose();
    return start(context, view);
  }

  return { whole: wake };
}

/** The server is given the time to end by itself. */
export async function deactivate(): Promise<void> {
  await (await whole)?.stop();
}
