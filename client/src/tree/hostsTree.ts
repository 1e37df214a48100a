/** The tree of the Hosts view: which nodes stand where. What is unfolded is read then, and not before. */
import * as vscode from 'vscode';
import type { Result, VirshFailure } from '../../../virsh/src/index.ts';
import type { HostModel } from '../hosts/hostModel.ts';
import type { Hosts } from '../hosts/hosts.ts';
import type { Lazy } from '../hosts/lazy.ts';
import { HostsFilter } from './filter.ts';
import { toItem, tooltipOf } from './items.ts';
import type { DomainNode, GroupNode, HostNode, HostsNode } from './nodes.ts';

/** Many hosts change in the same moment when the view is opened. */
const PAINT_DELAY_MILLISECONDS = 30;

export class HostsTree implements vscode.TreeDataProvider<HostsNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<HostsNode[] | undefined>();
  private readonly hostNodes = new Map<HostModel, HostNode>();
  private readonly groupNodes = new Map<string, GroupNode>();
  private readonly waiting = new Set<HostModel>();
  private readonly subscription: vscode.Disposable;
  private painting: NodeJS.Timeout | undefined;
  private filter = new HostsFilter('');

  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly hosts: Hosts) {
    this.subscription = hosts.onDidChange((model) => this.paintSoon(model));
  }

  get filterText(): string {
    return this.filter.text;
  }

  setFilter(text: string): void {
    this.filter = new HostsFilter(text);
    this.changed.fire(undefined);
  }

  getTreeItem(node: HostsNode): vscode.TreeItem {
    return toItem(node, this.filter);
  }

  /** Asked for what the pointer rests on only. */
  resolveTreeItem(item: vscode.TreeItem, node: HostsNode): vscode.TreeItem {
    const tooltip = tooltipOf(node);
    return tooltip ? Object.assign(item, { tooltip }) : item;
  }

  getParent(node: HostsNode): HostsNode | undefined {
    switch (node.kind) {
      case 'group':
        return undefined;
      case 'host': {
        const { group } = node.model.host.connection;
        return group === undefined ? undefined : this.groupNode(group);
      }
      case 'domain':
      case 'folder':
      case 'failure':
        return this.hostNode(node.model);
      case 'network':
        return { ...node, kind: 'folder', holds: 'networks' };
      case 'pool':
        return { ...node, kind: 'folder', holds: 'pools' };
      case 'snapshot':
        return this.domainNodes(node.model).find(({ uuid }) => uuid === node.uuid);
      case 'volume': {
        const pool = { name: node.pool, isActive: true, isAutostart: false };
        return { kind: 'pool', connection: node.connection, model: node.model, pool };
      }
    }
  }

  async getChildren(node?: HostsNode): Promise<HostsNode[]> {
    if (!node) return this.roots();
    switch (node.kind) {
      case 'group':
        return this.shown()
          .filter(({ host }) => host.connection.group === node.group)
          .map((model) => this.hostNode(model));
      case 'host':
        this.hosts.unfold(node.model);
        // Nothing to show meanwhile: VS Code shows that it waits.
        if (!node.model.domains) await node.model.answered();
        return this.onHost(node.model);
      case 'domain':
        return this.read(node, node.model.snapshots(node.uuid), (snapshot) => ({
          ...node,
          kind: 'snapshot',
          snapshot,
        }));
      case 'folder':
        return node.holds === 'networks'
          ? this.read(node, node.model.networks, (network) => ({ ...node, kind: 'network', network }))
          : this.read(node, node.model.pools, (pool) => ({ ...node, kind: 'pool', pool }));
      case 'pool': {
        const pool = node.pool.name;
        return this.read(node, node.model.volumes(pool), (volume) => ({ ...node, kind: 'volume', pool, volume }));
      }
      default:
        return [];
    }
  }

  /** The node of a host, to reveal it. */
  find(connection: string): HostNode | undefined {
    const model = this.hosts.find(connection);
    return model && this.hostNode(model);
  }

  dispose(): void {
    this.subscription.dispose();
    clearTimeout(this.painting);
    this.changed.dispose();
  }

  /** Groups by name, then the hosts that are in none. */
  private roots(): HostsNode[] {
    const shown = this.shown();
    const groups = new Set(shown.flatMap(({ host }) => host.connection.group ?? []));
    const sorted = [...groups].sort((a, b) => a.localeCompare(b));
    const alone = shown.filter(({ host }) => host.connection.group === undefined);
    return [...sorted.map((group) => this.groupNode(group)), ...alone.map((model) => this.hostNode(model))];
  }

  private shown(): readonly HostModel[] {
    const all = this.hosts.list();
    if (this.filter.isEmpty) return all;
    return all.filter(
      ({ host, domains = [] }) =>
        this.filter.fitsHost(host.connection) || domains.some((domain) => this.filter.fitsDomain(domain)),
    );
  }

  private onHost(model: HostModel): HostsNode[] {
    const { status, name } = model;
    const place = { connection: name, model };
    const failed: HostsNode[] =
      status.state === 'failed' ? [{ kind: 'failure', ...place, failure: status.failure, of: 'host' }] : [];
    const folders: HostsNode[] =
      status.state === 'connected' && this.filter.isEmpty
        ? [
            { kind: 'folder', ...place, holds: 'networks' },
            { kind: 'folder', ...place, holds: 'pools' },
          ]
        : [];
    return [...failed, ...this.domainNodes(model), ...folders];
  }

  private domainNodes(model: HostModel): DomainNode[] {
    const { domains = [], isConfirmed, name: connection } = model;
    const isAll = this.filter.isEmpty || this.filter.fitsHost(model.host.connection);
    return domains
      .filter((situation) => isAll || this.filter.fitsDomain(situation))
      .map((situation) => {
        const { name: domain, uuid } = situation;
        return { kind: 'domain', connection, model, domain, uuid, situation, isConfirmed };
      });
  }

  private async read<T>(
    node: Exclude<HostsNode, GroupNode>,
    part: Lazy<readonly T[]>,
    toNode: (entry: T) => HostsNode,
  ): Promise<HostsNode[]> {
    const answer: Result<readonly T[], VirshFailure> | undefined = await node.model.load(part);
    if (!answer) return [];
    if (answer.ok) return answer.value.map(toNode);
    const { connection, model } = node;
    return [{ kind: 'failure', connection, model, failure: answer.error, of: JSON.stringify(node.kind) }];
  }

  private hostNode(model: HostModel): HostNode {
    const node: HostNode = this.hostNodes.get(model) ?? { kind: 'host', connection: model.name, model };
    this.hostNodes.set(model, node);
    return node;
  }

  private groupNode(group: string): GroupNode {
    const node: GroupNode = this.groupNodes.get(group) ?? { kind: 'group', group };
    this.groupNodes.set(group, node);
    return node;
  }

  private paintSoon(model: HostModel | undefined): void {
    if (!model) {
      this.hostNodes.clear();
      this.waiting.clear();
      this.changed.fire(undefined);
      return;
    }
    this.waiting.add(model);
    this.painting ??= setTimeout(() => {
      this.painting = undefined;
      const nodes = [...this.waiting].map((changed) => this.hostNode(changed));
      this.waiting.clear();
      // With a filter a host may come into sight, or leave it.
      this.changed.fire(this.filter.isEmpty ? nodes : undefined);
    }, PAINT_DELAY_MILLISECONDS);
  }
}
