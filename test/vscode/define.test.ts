/** "Define VM from This File" in a real window, against a private libvirtd. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { closeAll, errorsOf, open, rangeOf, until, workspaceFile } from './support/editor.ts';
import { skipFor } from './support/skip.ts';
import { connection, TestHost } from './support/testHost.ts';

describe('Libvirt: Define VM from This File', () => {
  let host: TestHost | undefined;

  before(async function () {
    skipFor(this, requirements(...daemonPrograms));
    host = await TestHost.start();
  });
  afterEach(closeAll);
  after(() => host?.stop());

  const virsh = (...args: string[]): string => host?.virsh(...args) ?? '';
  const define = (file: vscode.Uri, options: object): Thenable<unknown> =>
    vscode.commands.executeCommand('libvirt.defineDomain', file, { connection, ...options });

  it('defines the VM of the file', async () => {
    await open('small.xml');
    const result = await define(workspaceFile('small.xml'), { confirm: true });
    assert.deepEqual(result, { status: 'defined', name: 'small', replaced: false, marks: 0 });
    assert.match(virsh('dumpxml', '--inactive', 'small'), /<memory unit='KiB'>65536<\/memory>/);
  });

  it('replaces the definition when the file has changed', async () => {
    const document = await open('small.xml');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, rangeOf(document, '>64<'), '>96<');
    await vscode.workspace.applyEdit(edit);
    const result = await define(document.uri, { confirm: true });
    assert.deepEqual(result, { status: 'defined', name: 'small', replaced: true, marks: 0 });
    assert.match(virsh('dumpxml', '--inactive', 'small'), /<memory unit='KiB'>98304<\/memory>/);
  });

  it('does not define a file with errors, whatever is confirmed', async () => {
    const document = await open('cache-typo.xml');
    await until('the error', () => errorsOf(document).length > 0);
    const defining = define(document.uri, { confirm: true });
    // The question stands in a notification: closing it is a no.
    const closing = setInterval(() => void vscode.commands.executeCommand('notifications.clearAll'), 500);
    const result = await Promise.resolve(defining).finally(() => clearInterval(closing));
    assert.deepEqual(result, { status: 'not-sent' });
    assert.doesNotMatch(virsh('list', '--all', '--name'), /typo/);
  });

  it('says so when the host does not answer, and leaves the file as it is', async () => {
    const document = await open('small.xml');
    const before = document.getText();
    await host?.daemon.stop();
    assert.deepEqual(await define(document.uri, { confirm: true }), { status: 'failed', kind: 'daemon-down' });
    assert.equal(document.getText(), before);
  });
});
