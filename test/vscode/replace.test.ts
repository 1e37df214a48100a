/** Replacing a definition: what was shown is what is sent, whatever becomes of the file, and the old definition is kept. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { closeAll, open, rangeOf, until, workspaceFile } from './support/editor.ts';
import { answered, difference } from './support/preview.ts';
import { skipFor } from './support/skip.ts';
import { connection, TestHost } from './support/testHost.ts';

describe('Libvirt: Define VM from This File, over a VM that is there', () => {
  let host: TestHost | undefined;

  before(async function () {
    skipFor(this, requirements(...daemonPrograms));
    host = await TestHost.start();
    host.virsh('define', workspaceFile('small.xml').fsPath);
  });
  afterEach(closeAll);
  after(() => host?.stop());

  const stored = (): string => host?.virsh('dumpxml', '--inactive', 'small') ?? '';

  it('sends the text of the difference, not later edits', async () => {
    const document = await open('small.xml');
    await replace(document, '>64<', '>96<');
    const defining = vscode.commands.executeCommand('libvirt.defineDomain', document.uri, { connection });
    const shown = await until('the difference', difference);
    const [present, intended] = await Promise.all(
      [shown.original, shown.modified].map((uri) => vscode.workspace.openTextDocument(uri)),
    );
    assert.match(present?.getText() ?? '', /<memory unit='KiB'>65536</);
    assert.match(intended?.getText() ?? '', /<memory unit='MiB'>96</);
    assert.match(intended?.getText() ?? '', /<uuid>/, 'with the UUID of the VM that it replaces');
    await replace(document, '>96<', '>128<');
    const result = await answered(defining);
    assert.deepEqual(result, { status: 'defined', name: 'small', replaced: true, marks: 0 });
    assert.match(stored(), /<memory unit='KiB'>98304</);
    assert.match(document.getText(), />128</);
    assert.equal(difference(), undefined, 'the difference is closed');
    assert.equal(vscode.window.activeTextEditor?.document, document);
  });

  it('has kept the definition that it replaced', () => {
    const backups = path.join(workspaceFile('.').fsPath, '../user-data/User/globalStorage/virtlint.virtlint/backups');
    const kept = globSync(`${backups}/test%20host/*/*.xml`).map((file) => readFileSync(file, 'utf8'));
    assert.ok(kept.some((xml) => /<name>small</.test(xml) && /65536/.test(xml)));
  });

  it('leaves everything as it is when the question is closed', async () => {
    const before = stored();
    const document = await open('small.xml');
    const defining = vscode.commands.executeCommand('libvirt.defineDomain', document.uri, { connection });
    await until('the difference', difference);
    const closing = setInterval(() => void vscode.commands.executeCommand('workbench.action.closeQuickOpen'), 300);
    const result = await Promise.resolve(defining).finally(() => clearInterval(closing));
    assert.deepEqual(result, { status: 'not-sent' });
    assert.equal(stored(), before);
  });

  it('takes Enter alone for a no', async () => {
    const before = stored();
    const document = await open('small.xml');
    const defining = vscode.commands.executeCommand('libvirt.defineDomain', document.uri, { connection });
    await until('the difference', difference);
    const accepting = setInterval(
      () => void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem'),
      300,
    );
    const result = await Promise.resolve(defining).finally(() => clearInterval(accepting));
    assert.deepEqual(result, { status: 'not-sent' });
    assert.equal(stored(), before);
  });

  it('refuses when somebody else has changed the VM in the meantime', async () => {
    const document = await open('small.xml');
    const defining = vscode.commands.executeCommand('libvirt.defineDomain', document.uri, { connection });
    await until('the difference', difference);
    host?.virsh('setvcpus', 'small', '2', '--maximum', '--config');
    const result = await answered(defining);
    assert.deepEqual(result, { status: 'failed', kind: 'changed-meanwhile' });
    assert.match(stored(), />2<\/vcpu>/);
  });
});

async function replace(document: vscode.TextDocument, text: string, by: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, text), by);
  await vscode.workspace.applyEdit(edit);
}
