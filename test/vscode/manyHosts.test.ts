/** 100 hosts with 100 VMs each, none of which answers: what was seen before is there at once. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { HostCache } from '../../client/src/hosts/hostCache.ts';
import type { HostsNode } from '../../client/src/tree/nodes.ts';
import type { Connection } from '../../virsh/src/index.ts';
import { scratchDirectory } from '../support/bed/scratch.ts';
import { until } from './support/editor.ts';
import { awake } from './support/hostsTree.ts';

const HOSTS = 100;
const VMS = 100;

describe('many hosts in the view', () => {
  const scratch = scratchDirectory();
  let storage = '';
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('libvirt');
  const connections = Array.from({ length: HOSTS }, (_, number) => ({
    name: `host${number}`,
    uri: `qemu+unix:///session?socket=${scratch.directory}/none${number}`,
    group: `rack${number % 5}`,
  }));

  let tree: vscode.TreeDataProvider<HostsNode>;
  before(async () => {
    const exports = await awake();
    tree = exports.hosts;
    storage = exports.storage.fsPath;
    const cache = new HostCache(path.join(storage, 'hosts'));
    const domains = Array.from({ length: VMS }, (_, number) => ({
      uuid: `00000000-0000-4000-8000-${number.toString().padStart(12, '0')}`,
      name: `vm-with-a-usual-name-${number}`,
      state: number % 3 === 0 ? ('running' as const) : ('shut-off' as const),
      isTransient: false,
      isAutostart: number % 2 === 0,
      hasSnapshots: number % 7 === 0,
      hasManagedSave: false,
    }));
    for (const connection of connections)
      await cache.write({ kind: 'uri', ...connection } satisfies Connection, { seen: new Date(), domains });
  });
  after(async () => {
    await settings().update('connections', undefined, vscode.ConfigurationTarget.Global);
    scratch.remove();
  });

  const paint = async (node?: HostsNode): Promise<number> => {
    let painted = 0;
    for (const child of (await tree.getChildren(node)) ?? []) {
      const item = await tree.getTreeItem(child);
      painted += 1;
      if (item.collapsibleState !== vscode.TreeItemCollapsibleState.None && child.kind !== 'domain')
        painted += await paint(child);
    }
    return painted;
  };

  it('paints the folded tree, and all 10,000 VMs unfolded, within a second', async () => {
    await settings().update('connections', connections, vscode.ConfigurationTarget.Global);
    await until('the settings to be read', async () => ((await tree.getChildren()) ?? []).length === 5);
    const started = performance.now();
    for (const group of (await tree.getChildren()) ?? [])
      for (const host of (await tree.getChildren(group)) ?? []) await tree.getTreeItem(host);
    const folded = performance.now() - started;
    const painted = await paint();
    const milliseconds = performance.now() - started;
    console.log(`      folded: ${Math.round(folded)} ms; ${painted} nodes: ${Math.round(milliseconds)} ms`);
    assert.ok(painted >= 5 + HOSTS + HOSTS * VMS, `${painted} nodes`);
    assert.ok(milliseconds < 1000, `${milliseconds} ms`);
  });
});
