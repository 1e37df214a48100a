/** Hosts that cannot be reached and settings that are wrong: a command ends with a result, and nothing throws. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { requirements } from '../support/bed/requirements.ts';
import { freePort } from '../support/bed/sshServer.ts';
import { closeAll, open } from './support/editor.ts';
import { skipFor } from './support/skip.ts';

type Outcome = { readonly status: string; readonly kind?: string };

describe('commands and hosts that do not answer', () => {
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('libvirt');
  const set = (name: string, value: unknown): Thenable<void> =>
    settings().update(name, value, vscode.ConfigurationTarget.Global);

  afterEach(async () => {
    await closeAll();
    for (const name of ['connections', 'virshPath', 'sshPath']) await set(name, undefined);
  });

  const define = async (connection: unknown): Promise<Outcome> => {
    await set('connections', [{ name: 'host', ...Object(connection) }]);
    const document = await open('small.xml');
    const before = document.getText();
    const outcome: Outcome = await vscode.commands.executeCommand('libvirt.defineDomain', document.uri, {
      connection: 'host',
      confirm: true,
    });
    assert.equal(document.getText(), before);
    return outcome;
  };
  const start = (connection: string): Thenable<unknown> =>
    vscode.commands.executeCommand('libvirt.startDomain', { connection, domain: 'web' });

  it('a socket without a daemon', async function () {
    skipFor(this, requirements('virsh'));
    const uri = 'qemu+unix:///session?socket=/nowhere/libvirt-sock';
    assert.deepEqual(await define({ uri }), { status: 'failed', kind: 'daemon-down' });
    assert.equal(await start('host'), false);
  });

  it('a port without an sshd', async function () {
    skipFor(this, requirements('ssh'));
    const outcome = await define({ ssh: '127.0.0.1', port: await freePort() });
    assert.deepEqual(outcome, { status: 'failed', kind: 'host-unreachable' });
  });

  it('a machine without virsh', async () => {
    await set('virshPath', 'virsh-that-is-not-there');
    assert.deepEqual(await define({ uri: 'test:///default' }), { status: 'failed', kind: 'virsh-missing' });
  });

  it('a machine without ssh', async () => {
    await set('sshPath', '/nowhere/ssh');
    assert.deepEqual(await define({ ssh: 'lab' }), { status: 'failed', kind: 'ssh-missing' });
  });

  it('a connection that is not in the settings', async () => {
    await set('connections', [{ name: 'host', uri: 'test:///default' }]);
    assert.equal(await start('another'), false);
  });

  it('settings in which nothing is right, or nothing but one', async function () {
    for (const value of [[{ name: 'host' }], [{ name: 'host', uri: 'no uri' }], [17]]) {
      await set('connections', value);
      assert.equal(await start('host'), false);
    }
    skipFor(this, requirements('virsh'));
    await set('connections', [{ nam: 'x' }, { name: 'good', uri: 'test:///default' }]);
    // The test driver has one VM, which runs already.
    assert.equal(
      await vscode.commands.executeCommand('libvirt.startDomain', { connection: 'good', domain: 'test' }),
      false,
    );
    assert.ok(
      await vscode.commands.executeCommand('libvirt.openDomainXml', {
        connection: 'good',
        domain: 'test',
        which: 'live',
      }),
    );
  });

  it('a fault of our own ends in a message', async () => {
    assert.equal(
      await vscode.commands.executeCommand('libvirt.defineDomain', vscode.Uri.file('/nowhere/vm.xml')),
      undefined,
    );
  });
});
