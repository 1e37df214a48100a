/** What the Hosts view shows, as its nodes and items. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Exports } from '../../../client/src/entry.ts';
import type { HostsNode } from '../../../client/src/tree/nodes.ts';
import { until } from './editor.ts';
import { connection } from './testHost.ts';

/** The extension, woken where it still slept. */
export async function awake(): ReturnType<Exports['whole']> {
  const extension = vscode.extensions.getExtension<Exports>('virtlint.virtlint');
  assert.ok(extension);
  return (await extension.activate()).whole();
}

export class HostsTree {
  private readonly tree: vscode.TreeDataProvider<HostsNode>;

  private constructor(tree: vscode.TreeDataProvider<HostsNode>) {
    this.tree = tree;
  }

  /** Shows the view: what nobody sees is not kept up to date. */
  static async show(): Promise<HostsTree> {
    const { hosts } = await awake();
    await vscode.commands.executeCommand('libvirt.hosts.focus');
    return new HostsTree(hosts);
  }

  async children(node?: HostsNode): Promise<HostsNode[]> {
    return (await this.tree.getChildren(node)) ?? [];
  }

  /** The only host of the window. */
  async host(): Promise<HostsNode> {
    const found = (await this.children()).find((node) => node.kind === 'host' && node.connection === connection);
    assert.ok(found, 'the host is in the view');
    return found;
  }

  async hostItem(): Promise<vscode.TreeItem> {
    return this.tree.getTreeItem(await this.host());
  }

  /** Of a VM. */
  async item(name: string): Promise<vscode.TreeItem | undefined> {
    const nodes = await this.children(await this.host());
    const node = nodes.find((one) => one.kind === 'domain' && one.domain === name);
    return node && (await this.tree.getTreeItem(node));
  }

  /** Waits until a VM is shown in a state. */
  async shows(name: string, description: string): Promise<void> {
    await until(`${name} to be ${description}`, async () => (await this.item(name))?.description === description);
  }
}
