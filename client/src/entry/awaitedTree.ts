/** The tree of the Hosts view: the first look at it wakes the rest of the extension, which has the nodes. */
import * as vscode from 'vscode';
import type { HostsTree } from '../tree/hostsTree.ts';
import type { HostsNode } from '../tree/nodes.ts';

export class AwaitedTree implements vscode.TreeDataProvider<HostsNode>, vscode.Disposable {
  readonly #wake: () => Promise<HostsTree>;
  readonly #changed = new vscode.EventEmitter<HostsNode[] | undefined>();
  #following: vscode.Disposable | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(wake: () => Promise<HostsTree>) {
    this.#wake = wake;
  }

  async getChildren(node?: HostsNode): Promise<HostsNode[]> {
    return (await this.#awake()).getChildren(node);
  }

  async getTreeItem(node: HostsNode): Promise<vscode.TreeItem> {
    return (await this.#awake()).getTreeItem(node);
  }

  async getParent(node: HostsNode): Promise<HostsNode | undefined> {
    return (await this.#awake()).getParent(node);
  }

  async resolveTreeItem(item: vscode.TreeItem, node: HostsNode): Promise<vscode.TreeItem> {
    return (await this.#awake()).resolveTreeItem(item, node);
  }

  dispose(): void {
    this.#following?.dispose();
    this.#changed.dispose();
  }

  /** What has changed before anybody asked is nobody's news. */
  async #awake(): Promise<HostsTree> {
    const tree = await this.#wake();
    this.#following ??= tree.onDidChangeTreeData((changed) => this.#changed.fire(changed));
    return tree;
  }
}
