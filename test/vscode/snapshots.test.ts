/** Snapshots and devices of a guest from the window. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';
import { closeAll, until } from './support/editor.ts';
import { skipFor } from './support/skip.ts';
import { connection, TestHost } from './support/testHost.ts';

let host: TestHost | undefined;
const virsh = (...args: string[]): string => host?.virsh(...args) ?? '';
const run = <T>(command: string, options: object = {}): Thenable<T> =>
  vscode.commands.executeCommand(`libvirt.${command}`, { connection, domain: 'guest', ...options });

/** A disk of the guest as it would be written. */
const disk = (file: string, target: string): string =>
  `<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='${file}'/><target dev='${target}' bus='virtio'/></disk>`;

async function startHost(): Promise<void> {
  host = await TestHost.start();
  const file = path.join(host.daemon.directory, 'guest.xml');
  writeFileSync(file, tinyDomain({ name: 'guest', disk: host.daemon.makeImage('guest.qcow2') }));
  host.virsh('define', file);
}

describe('Libvirt: snapshots', () => {
  before(async function () {
    skipFor(this, requirements(...daemonPrograms));
    await startHost();
  });
  afterEach(closeAll);
  after(() => host?.stop());

  it('are made, listed, gone back to and deleted', async () => {
    assert.equal(await run('createSnapshot', { name: 'first' }), true);
    assert.equal(await run('createSnapshot', { name: 'first' }), false, 'the name is taken');
    assert.equal(await run('startDomain'), true);
    assert.equal(await run('createSnapshot', { name: 'second' }), true);
    const page = await run<string>('listSnapshots');
    assert.match(page, /`first` \|.*\| disks \|[\s\S]*└ `second` \*\*current\*\* \|.*\| disks and memory, running \|/);
    assert.equal(await run('revertSnapshot', { snapshot: 'first', confirm: true }), true);
    assert.equal(virsh('domstate', 'guest'), 'shut off');
    assert.equal(await run('revertSnapshot', { snapshot: 'none', confirm: true }), false);
    assert.equal(await run('deleteSnapshot', { snapshot: 'second', confirm: true }), true);
    assert.equal(virsh('snapshot-list', 'guest', '--name'), 'first');
  });

  it('are compared with now', async () => {
    virsh('desc', 'guest', '--config', '--title', 'Changed since');
    const uris = await run<readonly vscode.Uri[]>('compareSnapshot', { snapshot: 'first' });
    const texts = await Promise.all(uris.map(async (uri) => (await vscode.workspace.openTextDocument(uri)).getText()));
    assert.doesNotMatch(texts[0] ?? '', /Changed since/);
    assert.match(texts[1] ?? '', /Changed since/);
    const lines = texts.map((text) => new Set(text.split('\n')));
    assert.deepEqual(
      [...(lines[0] ?? [])].filter((line) => !lines[1]?.has(line)),
      [],
    );
  });
});

describe('Libvirt: the device at the cursor', () => {
  before(async function () {
    skipFor(this, requirements(...daemonPrograms));
    await startHost();
    virsh('start', 'guest');
  });
  afterEach(closeAll);
  after(() => host?.stop());

  type Verdicts = readonly { readonly place: string; readonly isDone: boolean }[] | undefined;
  const change = async (action: string, xml: string, options: object = {}): Promise<readonly string[] | undefined> => {
    const content = `<domain type='qemu'><name>guest</name><devices>${xml}</devices></domain>`;
    const document = await vscode.workspace.openTextDocument({ language: 'xml', content });
    const editor = await vscode.window.showTextDocument(document);
    const position = document.positionAt(content.indexOf('<disk') + 3);
    editor.selection = new vscode.Selection(position, position);
    const verdicts: Verdicts = await vscode.commands.executeCommand(`libvirt.${action}Device`, {
      connection,
      confirm: true,
      ...options,
    });
    return verdicts?.map(({ place, isDone }) => `${place} ${isDone}`);
  };

  it('is attached to the guest that runs and to its definition, and what is seen afterwards is told', async () => {
    const extra = disk(host?.daemon.makeImage('extra.qcow2') ?? '', 'vdb');
    assert.deepEqual(await change('attach', extra, { scope: 'both' }), ['live true', 'config true']);
    assert.match(virsh('domblklist', 'guest'), /extra\.qcow2/);
    assert.match(virsh('domblklist', 'guest', '--inactive'), /extra\.qcow2/);
    assert.equal(await change('attach', extra, { scope: 'both' }), undefined, 'it is there already');
  });

  it('that the guest does not let go is not said to be gone', async () => {
    const extra = disk(`${host?.daemon.images}/extra.qcow2`, 'vdb');
    assert.deepEqual(await change('detach', extra, { scope: 'both' }), ['live false', 'config true']);
    assert.match(virsh('domblklist', 'guest'), /extra\.qcow2/);
  });

  it('is attached when somebody cancels what libvirt has begun, and that is what is told', async () => {
    const late = disk(host?.daemon.makeImage('late.qcow2') ?? '', 'vdd');
    const qemu = Number(
      readFileSync(path.join(host?.daemon.directory ?? '', 'run/libvirt/qemu/run/guest.pid'), 'utf8'),
    );
    const begun = `attach-device --domain=${virsh('domuuid', 'guest')}`;
    process.kill(qemu, 'SIGSTOP');
    try {
      const attaching = change('attach', late, { scope: 'both' });
      await until('libvirt to begin', () => execFileSync('ps', ['axo', 'args'], { encoding: 'utf8' }).includes(begun));
      const cancelling = setInterval(
        () => void vscode.commands.executeCommand('notification.acceptPrimaryAction'),
        300,
      );
      setTimeout(() => process.kill(qemu, 'SIGCONT'), 2500);
      assert.deepEqual(await attaching.finally(() => clearInterval(cancelling)), ['live true', 'config true']);
    } finally {
      process.kill(qemu, 'SIGCONT');
    }
    assert.match(virsh('domblklist', 'guest'), /late\.qcow2/);
  });

  it('is none outside of the devices', async () => {
    assert.equal(await change('attach', '', { scope: 'config' }), undefined);
  });
});
