/** "Clone VM…" with a real disk in a storage pool, and "Open VM's XML" of one with a password. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { runTool } from '../support/bed/scratch.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';
import { closeAll, errorsOf, until } from './support/editor.ts';
import { skipFor } from './support/skip.ts';
import { connection, TestHost } from './support/testHost.ts';

describe('Libvirt: Clone VM… with its disk', () => {
  let host: TestHost | undefined;
  let pool = '';

  before(async function () {
    skipFor(this, requirements(...daemonPrograms));
    host = await TestHost.start();
    const { daemon } = host;
    pool = path.join(daemon.directory, 'pool');
    mkdirSync(pool);
    daemon.giveToDaemon(pool);
    runTool('mv', daemon.makeImage('web.qcow2'), pool);
    host.virsh('pool-create-as', 'lab', 'dir', '--target', pool);
    const file = path.join(daemon.directory, 'web.xml');
    const devices = `
    <interface type='user'><mac address='52:54:00:11:22:33'/></interface>
    <graphics type='vnc' port='-1' autoport='yes' passwd='secret7'/>`;
    writeFileSync(file, tinyDomain({ name: 'web', disk: path.join(pool, 'web.qcow2'), devices }));
    host.virsh('define', file);
  });
  afterEach(closeAll);
  after(() => host?.stop());

  const virsh = (...args: string[]): string => host?.virsh(...args) ?? '';
  const clone = (options: object): Thenable<string | undefined> =>
    vscode.commands.executeCommand('libvirt.cloneDomain', { connection, domain: 'web', ...options });

  it('shows the plan before anything happens, and does nothing without a yes', async () => {
    const cloning = clone({ name: 'web2' });
    const isPlan = ({ label }: vscode.Tab): boolean => /Clone web as web2/.test(label);
    await until('the plan', () => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isPlan)));
    assert.deepEqual(readdirSync(pool), ['web.qcow2']);
    // Closing the question is a no.
    const closing = setInterval(() => void vscode.commands.executeCommand('workbench.action.closeQuickOpen'), 300);
    assert.equal(await Promise.resolve(cloning).finally(() => clearInterval(closing)), undefined);
    assert.deepEqual(readdirSync(pool), ['web.qcow2']);
    const plan = vscode.workspace.textDocuments.find(({ uri }) => /Clone web as web2/.test(uri.path))?.getText() ?? '';
    assert.match(plan, /\| MAC address \| `52:54:00:11:22:33` \| `52:54:00:/);
    assert.ok(plan.includes(`\`${pool}/web.qcow2\` → \`${pool}/web2.qcow2\``), plan);
  });

  it('makes a VM with a UUID, a MAC address and a disk of its own', async () => {
    const uuid = await clone({ name: 'web2', confirm: true });
    assert.equal(virsh('domuuid', 'web2'), uuid);
    assert.notEqual(uuid, virsh('domuuid', 'web'));
    const xml = virsh('dumpxml', '--inactive', 'web2');
    assert.ok(xml.includes(`<source file='${pool}/web2.qcow2'/>`), xml);
    assert.match(xml, /<mac address='52:54:00:/);
    assert.doesNotMatch(xml, /52:54:00:11:22:33/);
    assert.match(runTool('qemu-img', 'compare', `${pool}/web.qcow2`, `${pool}/web2.qcow2`), /identical/);
  });

  it('refuses a name that is taken, and leaves everything as it is', async () => {
    const [files, list] = [readdirSync(pool), virsh('list', '--all', '--name')];
    assert.equal(await clone({ name: 'web2', confirm: true }), undefined);
    assert.deepEqual(readdirSync(pool), files);
    assert.equal(virsh('list', '--all', '--name'), list);
  });

  it('opens the definition with its password, called after the VM, in its own language', async () => {
    const document: vscode.TextDocument = await vscode.commands.executeCommand('libvirt.openDomainXml', {
      connection,
      domain: 'web',
    });
    assert.match(document.getText(), /passwd='secret7'/);
    assert.equal(document.languageId, 'libvirt-domain');
    assert.equal(path.basename(document.uri.path), 'web.libvirt.xml');
    assert.equal(document.uri.scheme, 'libvirt');
    assert.deepEqual(errorsOf(document), []);
  });
});
