/** "New VM…" answered by Enter: each question takes what is proposed. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** The unsaved document that it ends in. */
export async function newDomainAsProposed(): Promise<vscode.TextDocument> {
  const writing = vscode.commands.executeCommand<vscode.Uri | undefined>('libvirt.newDomain');
  const entering = setInterval(() => {
    void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }, 300);
  const uri = await Promise.resolve(writing).finally(() => clearInterval(entering));
  assert.equal(uri?.scheme, 'untitled');
  return vscode.workspace.openTextDocument(uri);
}
