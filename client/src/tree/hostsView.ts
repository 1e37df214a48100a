/** The Hosts view: its tree, what is said in its place, and that nothing runs while nobody sees it. */
import * as vscode from 'vscode';
import type { Connections } from '../connections/connections.ts';
import type { Hosts } from '../hosts/hosts.ts';
import { HostsTree } from './hostsTree.ts';
import type { HostsNode } from './nodes.ts';

/** Why there is nothing to show; package.json has a welcome text for each. */
type Emptiness = 'asking' | 'no-virsh' | 'no-permission' | 'no-host' | 'no-usable-entry';

export class HostsView implements vscode.Disposable {
  readonly tree: HostsTree;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly hosts: Hosts,
    private readonly connections: Connections,
    private readonly view: vscode.TreeView<HostsNode>,
  ) {
    this.tree = new HostsTree(hosts);
    this.subscriptions = [
      this.view.onDidChangeVisibility(() => this.look()),
      this.view.onDidCollapseElement(({ element }) => {
        if (element.kind === 'host') hosts.fold(element.model);
        if (element.kind === 'group') hosts.foldGroup(element.group, true);
      }),
      // What has been unfolded before VS Code does not ask for again.
      this.view.onDidExpandElement(({ element }) => {
        if (element.kind === 'host') hosts.unfold(element.model);
        if (element.kind === 'group') hosts.foldGroup(element.group, false);
      }),
      hosts.onDidChange(() => this.explainEmptiness()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.look()),
    ];
    this.look();
  }

  setFilter(text: string): void {
    this.tree.setFilter(text);
    const { filterText } = this.tree;
    this.view.description = filterText === '' ? undefined : vscode.l10n.t('only “{0}”', filterText);
    void vscode.commands.executeCommand('setContext', 'libvirt.hostsAreFiltered', filterText !== '');
  }

  /** Shows a host unfolded, which connects to it. */
  async show(connection: string): Promise<void> {
    const node = this.tree.find(connection);
    if (node) await this.view.reveal(node, { select: true, focus: true, expand: true });
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.tree.dispose();
  }

  private look(): void {
    this.hosts.setVisible(this.view.visible);
    if (this.view.visible) this.hosts.lookAround();
    this.explainEmptiness();
  }

  private explainEmptiness(): void {
    const emptiness = vscode.workspace.isTrusted ? this.emptiness() : undefined;
    void vscode.commands.executeCommand('setContext', 'libvirt.noHostsBecause', emptiness);
  }

  /** What this machine's own libvirt answered, where nothing else is configured. */
  private emptiness(): Emptiness {
    if (!this.connections.isUnconfigured) return 'no-usable-entry';
    const statuses = this.hosts.local().map(({ status }) => status);
    if (statuses.some(({ state }) => state === 'unasked' || state === 'connecting')) return 'asking';
    const kinds = statuses.map((status) => (status.state === 'failed' ? status.failure.kind : undefined));
    if (kinds.includes('virsh-missing')) return 'no-virsh';
    return kinds.includes('permission') ? 'no-permission' : 'no-host';
  }
}
