/** The life of VMs from the window: one and several, on hosts that are guarded, and what goes when a VM is undefined. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { powerButtonsArmed, tinyDomain } from '../support/bed/tinyGuest.ts';
import { closeAll } from './support/editor.ts';
import { awake } from './support/hostsTree.ts';
import { skipFor } from './support/skip.ts';
import { connection, TestHost } from './support/testHost.ts';

describe('Libvirt: the life of VMs', () => {
  let host: TestHost | undefined;
  const names = ['one', 'two', 'three'];

  before(async function () {
    skipFor(this, requirements(...daemonPrograms));
    host = await TestHost.start();
    const own = { name: connection, uri: host.daemon.uri };
    const connections = [own, { ...own, name: 'live', production: true }, { ...own, name: 'museum', readOnly: true }];
    await vscode.workspace
      .getConfiguration('libvirt')
      .update('connections', connections, vscode.ConfigurationTarget.Global);
    for (const name of names) define(name);
  });
  afterEach(closeAll);
  after(() => host?.stop());

  const virsh = (...args: string[]): string => host?.virsh(...args) ?? '';
  const define = (name: string): void => {
    assert.ok(host);
    const file = path.join(host.daemon.directory, `${name}.xml`);
    writeFileSync(file, tinyDomain({ name, disk: host.daemon.makeImage(`${name}.qcow2`) }));
    virsh('define', file);
  };
  const run = <T>(command: string, domain: string, options: object = {}): Thenable<T> =>
    vscode.commands.executeCommand(`libvirt.${command}`, { connection, domain, ...options });
  const states = (): readonly string[] => names.map((name) => virsh('domstate', name));
  const nodesOf = async (wanted: readonly string[]): Promise<unknown[]> => {
    const { hosts: tree } = await awake();
    const root = (await tree.getChildren()).find((node) => has(node, 'connection', connection));
    const domains = root === undefined ? [] : await tree.getChildren(root);
    return wanted.map((name) => domains.find((node) => has(node, 'domain', name)) ?? assert.fail(`no node of ${name}`));
  };
  const has = (node: unknown, key: string, value: string): boolean =>
    typeof node === 'object' && node !== null && new Map(Object.entries(node)).get(key) === value;

  it('one is started, paused, resumed, rebooted, reset, saved and started again', async () => {
    const steps: readonly (readonly [string, string, object?])[] = [
      ['startDomain', 'running'],
      ['suspendDomain', 'paused'],
      ['resumeDomain', 'running'],
      ['rebootDomain', 'running'],
      ['resetDomain', 'running', { confirm: true }],
      ['managedSaveDomain', 'shut off'],
      ['startDomain', 'running'],
    ];
    for (const [command, state, options] of steps) {
      assert.equal(await run(command, 'one', options), true, command);
      assert.equal(virsh('domstate', 'one'), state, command);
    }
    assert.equal(await run('enableAutostart', 'one'), true);
    assert.match(virsh('dominfo', 'one'), /Autostart:\s+enable/);
    assert.equal(await run('disableAutostart', 'one'), true);
    assert.match(virsh('dominfo', 'one'), /Autostart:\s+disable/);
  });

  it('what makes no sense is refused', async () => {
    assert.equal(await run('startDomain', 'one'), false);
    assert.equal(await run('resumeDomain', 'one'), false);
    assert.equal(await run('suspendDomain', 'two'), false);
    assert.equal(await run('renameDomain', 'one', { newName: 'uno' }), false);
    assert.equal(await run('undefineDomain', 'one', { confirm: true, remove: [] }), false);
  });

  it('several that are selected share a command, and false says that not all of them are as they should be', async () => {
    const nodes = await nodesOf(names);
    const all = (command: string): Thenable<unknown> =>
      vscode.commands.executeCommand(`libvirt.${command}`, { ...Object(nodes[0]), confirm: true }, nodes);
    assert.equal(await all('startDomain'), false, 'one of them runs already');
    assert.deepEqual(states(), ['running', 'running', 'running']);
    assert.equal(await all('suspendDomain'), true, 'paused');
    assert.deepEqual(states(), ['paused', 'paused', 'paused']);
    assert.equal(await all('resumeDomain'), true, 'resumed');
    await powerButtonsArmed(host?.daemon.uri ?? '', ...names);
    assert.equal(await all('shutDownDomain'), true, 'shut down');
    assert.deepEqual(states(), ['shut off', 'shut off', 'shut off']);
    assert.equal(await all('startDomain'), true, 'started again');
    assert.equal(await all('forceOffDomain'), true, 'forced off');
    assert.deepEqual(states(), ['shut off', 'shut off', 'shut off']);
  });

  it('a production host wants the name typed, and a read-only one changes nothing', async () => {
    assert.equal(await run('startDomain', 'two', { connection: 'live' }), true);
    const force = (options: object): Thenable<unknown> => run('forceOffDomain', 'two', { confirm: true, ...options });
    assert.equal(await force({ connection: 'live', typed: 'tow' }), false);
    assert.equal(virsh('domstate', 'two'), 'running');
    assert.equal(await force({ connection: 'museum' }), false);
    assert.equal(await run('suspendDomain', 'two', { connection: 'museum' }), false);
    assert.equal(virsh('domstate', 'two'), 'running');
    assert.equal(await force({ connection: 'live', typed: 'two' }), true);
    assert.equal(virsh('domstate', 'two'), 'shut off');
  });

  it('another name is given', async () => {
    const uuid = virsh('domuuid', 'three');
    assert.equal(await run('renameDomain', 'three', { newName: 'drei' }), true);
    assert.equal(virsh('domname', uuid), 'drei');
    assert.equal(await run('renameDomain', 'drei', { newName: 'three' }), true);
  });

  it('undefined, a VM leaves its disk and a copy of its definition, and goes with what was chosen', async () => {
    assert.ok(host);
    const { images } = host.daemon;
    const uuid = virsh('domuuid', 'two');
    assert.equal(await run('undefineDomain', 'two', { confirm: true, remove: [] }), true);
    assert.doesNotMatch(virsh('list', '--all', '--name'), /two/);
    assert.ok(existsSync(path.join(images, 'two.qcow2')));
    virsh('pool-create-as', 'images', 'dir', '--target', images);
    assert.equal(await run('startDomain', 'three'), true);
    assert.equal(await run('managedSaveDomain', 'three'), true);
    assert.equal(
      await run('undefineDomain', 'three', { confirm: true, remove: ['vda'] }),
      false,
      'its memory is saved',
    );
    assert.ok(existsSync(path.join(images, 'three.qcow2')));
    assert.equal(await run('undefineDomain', 'three', { confirm: true, remove: ['managed-save', 'vda'] }), true);
    assert.equal(existsSync(path.join(images, 'three.qcow2')), false);
    assert.deepEqual(readdirSync(images).sort(), ['one.qcow2', 'two.qcow2']);
    assert.notEqual(uuid, '');
  });

  it('several are undefined at once, but for one that runs; their disks stay', async () => {
    for (const name of ['two', 'three']) define(name);
    assert.equal(await run('startDomain', 'two'), true);
    await vscode.commands.executeCommand('libvirt.refreshHosts', { connection });
    const nodes = await nodesOf(names);
    const all = { ...Object(nodes[0]), confirm: true };
    assert.equal(await vscode.commands.executeCommand('libvirt.undefineDomain', all, nodes), false, 'one runs');
    assert.equal(virsh('list', '--all', '--name'), 'two');
    assert.equal(await run('forceOffDomain', 'two', { confirm: true }), true);
    const images = host?.daemon.images ?? '';
    for (const name of names) assert.ok(existsSync(path.join(images, `${name}.qcow2`)), name);
  });
});
