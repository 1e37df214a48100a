/** "Define VM from This File" in a real window, against a private libvirtd. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { closeAll, errorsOf, open, until, workspaceFile } from './support/editor.ts';
import { skipFor } from './support/skip.ts';

const connection = 'test host';

describe('Libvirt: Define VM from This File', () => {
  let host: LibvirtDaemon | undefined;

  before(async function () {
    skipFor(this, requirements(...daemonPrograms));
    host = await LibvirtDaemon.start();
    await configure([{ name: connection, uri: host.uri }]);
  });
  afterEach(closeAll);
  after(async () => {
    await configure(undefined);
    await host?.stop();
  });

  const virsh = (...args: string[]): string =>
    execFileSync('virsh', ['--quiet', '--connect', host?.uri ?? '', ...args], { encoding: 'utf8' });

  it('defines the VM of the file', async () => {
    await open('small.xml');
    const result = await vscode.commands.executeCommand('libvirt.defineDomain', workspaceFile('small.xml'), {
      connection,
      confirm: true,
    });
    assert.ok(result, 'the command says what it did');
    assert.match(virsh('dumpxml', '--inactive', 'small'), /<memory unit='KiB'>65536<\/memory>/);
  });

  it('replaces the definition when the file has changed', async () => {
    const document = await open('small.xml');
    const edit = new vscode.WorkspaceEdit();
    const text = document.getText();
    const whole = new vscode.Range(document.positionAt(0), document.positionAt(text.length));
    edit.replace(document.uri, whole, text.replace('>64<', '>96<'));
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand('libvirt.defineDomain', document.uri, { connection, confirm: true });
    assert.match(virsh('dumpxml', '--inactive', 'small'), /<memory unit='KiB'>98304<\/memory>/);
  });

  it('does not define a file with errors', async () => {
    const document = await open('cache-typo.xml');
    await until('the error', () => errorsOf(document).length > 0);
    // The refusal is a notification that waits for an answer; none comes, and nothing may reach the host meanwhile.
    const defining = vscode.commands.executeCommand('libvirt.defineDomain', document.uri, { connection });
    await Promise.race([defining, new Promise((resolve) => setTimeout(resolve, 3000))]);
    await vscode.commands.executeCommand('notifications.clearAll');
    assert.doesNotMatch(virsh('list', '--all', '--name'), /typo/);
  });
});

function configure(connections: readonly unknown[] | undefined): Thenable<void> {
  return vscode.workspace
    .getConfiguration('libvirt')
    .update('connections', connections, vscode.ConfigurationTarget.Global);
}
