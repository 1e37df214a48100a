/** The link behind a diagnostic's code: a read-only document that VS Code shows in its Markdown preview. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, errorsOf, open, until } from './support/editor.ts';

describe('the page of a rule', () => {
  afterEach(async () => {
    await closeAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is behind the code of the diagnostic', async () => {
    const document = await open('cache-typo.xml');
    const error = await until('the error', () => errorsOf(document)[0]);
    const target = typeof error.code === 'object' ? error.code.target : undefined;
    assert.equal(target?.scheme, 'virtlint-rule');
    const page = await vscode.workspace.openTextDocument(target);
    assert.match(page.getText(), /^# \S/);
  });

  it('opens in the preview', async () => {
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse('virtlint-rule:/xml/well-formed.md#x'));
    const input = await until('the preview', () => vscode.window.tabGroups.activeTabGroup.activeTab?.input);
    assert.ok(input instanceof vscode.TabInputCustom, 'not as text');
    assert.equal(input.viewType, 'vscode.markdown.preview.editor');
  });

  it('says so where there is none', async () => {
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse('virtlint-rule:/no/such.md'));
    assert.match(page.getText(), /no page about no\/such/);
  });
});
