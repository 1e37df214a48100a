/** The playground: offered where nothing is configured, needs no host, and keeps its VMs in a directory of the extension's. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { ownedByNobody } from '../support/bed/libvirtDaemon.ts';
import { requirements } from '../support/bed/requirements.ts';
import { scratchDirectory } from '../support/bed/scratch.ts';
import { unprivilegedVirsh } from '../support/bed/unprivileged.ts';
import { closeAll, open, until } from './support/editor.ts';
import { awake } from './support/hostsTree.ts';
import { skipFor } from './support/skip.ts';

describe('the playground', () => {
  const home = process.env.HOME;
  let scratch: ReturnType<typeof scratchDirectory> | undefined;

  before(async function () {
    skipFor(this, requirements('virsh', 'qemu-system-x86_64', 'setpriv'));
    // The storage of a test window has too long a path for sockets: the playground lies in the home directory then.
    scratch = scratchDirectory();
    const { directory } = scratch;
    process.env.HOME = directory;
    // libvirt wants root's guests to run as another user, whom this machine may not have.
    await setVirshPath(unprivilegedVirsh(directory));
    const playground = path.join(directory, '.virtlint');
    mkdirSync(path.join(playground, 'etc'), { recursive: true });
    for (const folder of [directory, playground, path.join(playground, 'etc')]) ownedByNobody(folder);
  });
  afterEach(closeAll);
  after(async () => {
    process.env.HOME = home;
    await setVirshPath(undefined);
    scratch?.remove();
  });

  const setVirshPath = (program: string | undefined): Thenable<void> =>
    vscode.workspace.getConfiguration('libvirt').update('virshPath', program, vscode.ConfigurationTarget.Global);
  const target = { connection: 'Playground', domain: 'small' };

  it('defines, starts and forces off a VM without any host', async () => {
    const document = await open('small.xml');
    const result = await vscode.commands.executeCommand('libvirt.defineDomain', document.uri, {
      connection: 'Playground',
      confirm: true,
    });
    assert.deepEqual(result, { status: 'defined', name: 'small', replaced: false, marks: 0 });
    assert.ok(
      existsSync(path.join(scratch?.directory ?? '', '.virtlint/etc/qemu/small.xml')),
      'its definition is kept',
    );
    // Twice: what runs cannot be started, so it was off in between.
    for (const _ of [1, 2]) {
      assert.equal(await vscode.commands.executeCommand('libvirt.startDomain', target), true);
      assert.equal(await vscode.commands.executeCommand('libvirt.forceOffDomain', { ...target, confirm: true }), true);
    }
  });

  it('is listed in the Hosts view once it has been opened, until it is removed there', async () => {
    const { hosts: tree } = await awake();
    await vscode.commands.executeCommand('libvirt.openPlayground');
    const host = (await tree.getChildren()).find((node) => node.kind === 'host' && node.connection === 'Playground');
    assert.ok(host);
    await until('its VM', async () =>
      (await tree.getChildren(host)).some((node) => node.kind === 'domain' && node.domain === 'small'),
    );
    await vscode.commands.executeCommand('libvirt.removeConnection', { connection: 'Playground', confirm: true });
    assert.ok((await tree.getChildren()).every((node) => node.kind !== 'host' || node !== host));
  });
});
