/** Shut down: a guest that obeys its power button, and one that is off already. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { powerButtonsArmed, tinyDomain } from '../support/bed/tinyGuest.ts';
import { closeAll, until } from './support/editor.ts';
import { skipFor } from './support/skip.ts';
import { connection, TestHost } from './support/testHost.ts';

describe('Libvirt: Shut Down', () => {
  let host: TestHost | undefined;

  before(async function () {
    skipFor(this, requirements(...daemonPrograms));
    host = await TestHost.start();
    const file = path.join(host.daemon.directory, 'tiny.xml');
    writeFileSync(file, tinyDomain({ name: 'tiny', disk: host.daemon.makeImage('tiny.qcow2') }));
    host.virsh('define', file);
  });
  afterEach(closeAll);
  after(() => host?.stop());

  const run = <T>(command: string, options: object = {}): Thenable<T> =>
    vscode.commands.executeCommand(`libvirt.${command}`, { connection, domain: 'tiny', ...options });
  const state = (): string | undefined => host?.virsh('domstate', 'tiny');

  it('refuses what does not run', async () => {
    assert.equal(await run('shutDownDomain'), false);
    assert.equal(await run('forceOffDomain', { confirm: true }), false);
  });

  it('waits until the guest has gone down', async () => {
    assert.equal(await run('startDomain'), true);
    assert.equal(state(), 'running');
    await powerButtonsArmed(host?.daemon.uri ?? '', 'tiny');
    assert.equal(await run('shutDownDomain'), true);
    assert.equal(state(), 'shut off');
  });

  it('refuses a clone of a running guest', async () => {
    assert.equal(await run('startDomain'), true);
    assert.equal(await run('startDomain'), false, 'it runs already');
    assert.equal(await run('cloneDomain', { name: 'torn', confirm: true }), undefined);
    assert.doesNotMatch(host?.virsh('list', '--all', '--name') ?? '', /torn/);
  });

  it('opens the live XML read-only and without marks', async () => {
    const document = await run<vscode.TextDocument | undefined>('openDomainXml', { which: 'live' });
    assert.ok(document);
    assert.match(document.getText(), /<domain type='qemu' id='\d+'/);
    assert.equal(document.languageId, 'libvirt-domain');
    assert.equal(vscode.workspace.fs.isWritableFileSystem('libvirt'), true);
    assert.equal((await vscode.workspace.fs.stat(document.uri)).permissions, vscode.FilePermission.Readonly);
    // The server would have something to say, and has said it by then.
    const definition = await run<vscode.TextDocument>('openDomainXml', { which: 'definition' });
    await until('findings', () => vscode.languages.getDiagnostics(definition.uri).length > 0);
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
    // It shows what the host has: it is no file to define.
    assert.deepEqual(await vscode.commands.executeCommand('libvirt.defineDomain', document.uri, { connection }), {
      status: 'not-sent',
    });
    assert.equal(await run('forceOffDomain', { confirm: true }), true);
  });

  it('lists the VMs to choose from, and runs what is chosen', async () => {
    const starting = vscode.commands.executeCommand('libvirt.startDomain', { connection });
    // The list has one VM; it is there when the host has answered.
    const accepting = setInterval(
      () => void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem'),
      300,
    );
    assert.equal(await Promise.resolve(starting).finally(() => clearInterval(accepting)), true);
    assert.equal(state(), 'running');
  });

  it('ends when the list is left', async () => {
    const stopping = Promise.resolve(
      vscode.commands.executeCommand('libvirt.forceOffDomain', { connection, confirm: true }),
    );
    const leaving = setInterval(() => void vscode.commands.executeCommand('workbench.action.closeQuickOpen'), 200);
    assert.equal(await stopping.finally(() => clearInterval(leaving)), false);
    await until('the state', () => state() === 'running');
  });
});
