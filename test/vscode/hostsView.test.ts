/** The Hosts view with a real libvirtd: what it shows, and that it sees what others do there. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';
import { until } from './support/editor.ts';
import { HostsTree } from './support/hostsTree.ts';
import { skipFor } from './support/skip.ts';
import { TestHost } from './support/testHost.ts';

describe('the Hosts view', () => {
  let host: TestHost | undefined;
  let tree: HostsTree;
  const virsh = (...args: string[]): string => host?.virsh(...args) ?? '';

  before(async function () {
    skipFor(this, requirements(...daemonPrograms));
    host = await TestHost.start();
    const { daemon } = host;
    const file = path.join(daemon.directory, 'seen.xml');
    writeFileSync(file, tinyDomain({ name: 'seen', disk: daemon.makeImage('seen.qcow2') }));
    virsh('define', file);
    tree = await HostsTree.show();
  });
  after(() => host?.stop());

  it('shows a VM with its state in words, as an icon, and for menus', async () => {
    await tree.shows('seen', 'shut off');
    const seen = await tree.item('seen');
    assert.ok(seen?.iconPath instanceof vscode.ThemeIcon);
    assert.equal(seen.iconPath.id, 'vm-outline');
    assert.match(seen.contextValue ?? '', /;domain;off;persistent;changeable;/);
  });

  it('sees what others do, by the host’s events', async () => {
    virsh('start', 'seen');
    await tree.shows('seen', 'running');
    virsh('suspend', 'seen');
    await tree.shows('seen', 'paused');
    virsh('destroy', 'seen');
    await tree.shows('seen', 'shut off');
    assert.match(String((await tree.hostItem()).description), /0 of 1 running/);
  });

  it('gives its VMs to the commands', async () => {
    const node = (await tree.children(await tree.host())).find((one) => one.kind === 'domain');
    assert.equal(await vscode.commands.executeCommand('libvirt.startDomain', node, [node]), true);
    assert.equal(virsh('domstate', 'seen'), 'running');
    await tree.shows('seen', 'running');
    virsh('destroy', 'seen');
  });

  it('shows networks, pools with their volumes, and snapshots when they are unfolded', async () => {
    const { daemon } = host ?? assert.fail();
    virsh('pool-create-as', 'images', 'dir', '--target', daemon.images);
    virsh('snapshot-create-as', 'seen', 'before it all');
    await vscode.commands.executeCommand('libvirt.refreshHosts', await tree.host());
    const folders = (await tree.children(await tree.host())).filter((node) => node.kind === 'folder');
    assert.deepEqual(
      folders.map(({ kind, ...rest }) => 'holds' in rest && rest.holds),
      ['networks', 'pools'],
    );
    const pools = await until('the pool', async () => {
      const found = await tree.children(folders[1]);
      return found.length > 0 && found;
    });
    assert.deepEqual(
      pools.map((node) => node.kind === 'pool' && node.pool),
      [{ name: 'images', isActive: true, isAutostart: false }],
    );
    assert.deepEqual(
      (await tree.children(pools[0])).map((node) => node.kind === 'volume' && node.volume),
      ['seen.qcow2'],
    );
    await until('the snapshot', async () => {
      const seen = (await tree.children(await tree.host())).find((node) => node.kind === 'domain');
      const [snapshot] = await tree.children(seen);
      return snapshot?.kind === 'snapshot' && snapshot.snapshot.name === 'before it all' && snapshot.snapshot.isCurrent;
    });
  });

  it('filters by words in names and states', async () => {
    await vscode.commands.executeCommand('libvirt.filterHosts', 'seen off');
    assert.deepEqual(
      (await tree.children(await tree.host())).map((node) => node.kind),
      ['domain'],
    );
    await vscode.commands.executeCommand('libvirt.filterHosts', 'seen running');
    assert.deepEqual(await tree.children(), []);
    await vscode.commands.executeCommand('libvirt.filterHosts', '');
    assert.ok((await tree.children(await tree.host())).length > 1);
  });

  it('adds, changes and removes connections in the settings', async () => {
    const added = await vscode.commands.executeCommand('libvirt.addConnection', {
      name: 'second',
      uri: host?.daemon.uri,
      group: 'Lab',
    });
    assert.equal(added, 'second');
    const group = await until('the group', async () => (await tree.children()).find((node) => node.kind === 'group'));
    assert.deepEqual(
      (await tree.children(group)).map((node) => node.kind === 'host' && node.connection),
      ['second'],
    );
    assert.equal(
      await vscode.commands.executeCommand('libvirt.removeConnection', { connection: 'second', confirm: true }),
      true,
    );
    await until('the group to be gone', async () => (await tree.children()).every((node) => node.kind !== 'group'));
  });
});
