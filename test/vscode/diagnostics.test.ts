/** From the mistake to the repaired text, as a user goes. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, errorsOf, open, rangeOf, until } from './support/editor.ts';

describe('diagnostics and quick-fixes', () => {
  afterEach(closeAll);

  it('mark the misspelt attribute only, and link to the page of the rule', async () => {
    const document = await open('cache-typo.xml');
    const [error, ...others] = await until('the error', () => nonEmpty(errorsOf(document)));
    assert.deepEqual(others, []);
    assert.deepEqual(error?.range, rangeOf(document, 'cahce'));
    assert.match(error?.message ?? '', /cahce/);
    assert.ok(typeof error?.code === 'object' && error.code.target, 'the code links to a page');
  });

  it('repair it with the preferred fix', async () => {
    const document = await open('cache-typo.xml');
    const [error] = await until('the error', () => nonEmpty(errorsOf(document)));
    assert.ok(error);
    const fix = await until('the fix', async () =>
      (await quickFixes(document, error.range)).find((one) => one.isPreferred),
    );
    assert.ok(fix.edit && (await vscode.workspace.applyEdit(fix.edit)));
    assert.match(document.getText(), /<driver name='qemu' type='qcow2' cache='none'\/>/);
    await until('no error', () => errorsOf(document).length === 0);
  });

  it('come and go while typing', async () => {
    const document = await open('cache-card.xml');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, rangeOf(document, 'writeback'), 'writebehind');
    await vscode.workspace.applyEdit(edit);
    const [error] = await until('the error', () => nonEmpty(errorsOf(document)));
    assert.equal(document.getText(error?.range), 'writebehind');
    await vscode.commands.executeCommand('undo');
    await until('no error', () => errorsOf(document).length === 0);
  });
});

const nonEmpty = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);

const quickFixes = (document: vscode.TextDocument, range: vscode.Range): Thenable<vscode.CodeAction[]> =>
  vscode.commands.executeCommand(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
