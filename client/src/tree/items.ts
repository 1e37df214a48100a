/** How a node looks: its icon and its words say the same, and colour says nothing alone. */
import * as vscode from 'vscode';
import { isPlayground } from '../../../virsh/src/index.ts';
import { isActive, stateIcon, stateText } from '../connections/states.ts';
import { hostUri } from '../documents/hostUri.ts';
import type { HostModel } from '../hosts/hostModel.ts';
import { asText } from './asText.ts';
import type { HostsFilter } from './filter.ts';
import {
  type DomainNode,
  type FailureNode,
  type FolderNode,
  type HostNode,
  type HostsNode,
  nodeId,
  type SnapshotNode,
} from './nodes.ts';

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

export function toItem(node: HostsNode, filter: HostsFilter): vscode.TreeItem {
  const item = look(node, filter);
  const spoken = [kindWord(node), item.label, item.description].filter(
    (word) => typeof word === 'string' && word !== '',
  );
  return {
    ...item,
    id: nodeId(node),
    contextValue: contextValue(node),
    // What the icon shows is said as well.
    accessibilityInformation: { label: spoken.join(', ') },
  };
}

function kindWord({ kind }: HostsNode): string {
  switch (kind) {
    case 'group':
      return vscode.l10n.t('group');
    case 'host':
      return vscode.l10n.t('host');
    case 'domain':
      return vscode.l10n.t('VM');
    case 'network':
      return vscode.l10n.t('network');
    case 'pool':
      return vscode.l10n.t('storage pool');
    case 'volume':
      return vscode.l10n.t('volume');
    case 'failure':
      return vscode.l10n.t('failure');
    case 'snapshot':
    case 'folder':
      // Its label or description says it.
      return '';
  }
}

/** What is said of a node under the pointer; worked out when it is there. */
export function tooltipOf(node: HostsNode): vscode.MarkdownString | undefined {
  switch (node.kind) {
    case 'host': {
      const { connection } = node.model.host;
      const way = connection.kind === 'ssh' ? `ssh ${connection.target} · ${connection.uri}` : connection.uri;
      return asText([connection.name, way, ...hostWords(node.model), ...seen(node.model)]);
    }
    case 'domain':
      return asText([node.domain, vscode.l10n.t('on {0}', node.connection), ...domainWords(node), node.uuid]);
    case 'failure':
      return asText([node.failure.message, node.failure.stderr.trim()].filter((line) => line !== ''));
    default:
      return undefined;
  }
}

function look(node: HostsNode, filter: HostsFilter): vscode.TreeItem {
  switch (node.kind) {
    case 'group':
      return { label: node.group, iconPath: icon('folder'), collapsibleState: Expanded };
    case 'host':
      return hostItem(node, filter);
    case 'domain':
      return domainItem(node);
    case 'snapshot':
      return snapshotItem(node);
    case 'folder':
      return folderItem(node);
    case 'network':
      return { ...objectItem(node.network, 'type-hierarchy-sub'), collapsibleState: None };
    case 'pool':
      return { ...objectItem(node.pool, 'database'), collapsibleState: node.pool.isActive ? Collapsed : None };
    case 'volume':
      return { label: node.volume, iconPath: icon('file-binary'), collapsibleState: None };
    case 'failure':
      return failureItem(node);
  }
}

/**
 * What menus ask for: words between semicolons. A VM: `;domain;running;persistent;changeable;`. A host: `;host;connected;login;changeable;`, `;host;failed;timeout;…`.
 * `changeable` is missing where the connection is read-only, the state where it is not known.
 */
function contextValue(node: HostsNode): string {
  return `;${[node.kind, ...traits(node)].join(';')};`;
}

function traits(node: HostsNode): readonly string[] {
  if (node.kind === 'group') return [];
  const { connection } = node.model.host;
  const changeable = connection.readOnly ? [] : ['changeable'];
  switch (node.kind) {
    case 'host':
      return [
        ...hostTraits(node.model),
        ...(hasLogin(node.model) ? ['login'] : []),
        ...place(node.model),
        ...changeable,
      ];
    case 'domain': {
      const { state, isTransient, isAutostart, hasManagedSave } = node.situation;
      const marks = [
        isTransient ? 'transient' : 'persistent',
        ...(isAutostart ? ['autostart'] : []),
        ...(hasManagedSave ? ['saved'] : []),
        ...changeable,
      ];
      return node.isConfirmed ? [phase(state), ...marks] : marks;
    }
    case 'snapshot':
      return [...(node.snapshot.isCurrent ? ['current'] : []), ...changeable];
    case 'network':
      return [node.network.isActive ? 'active' : 'inactive', ...changeable];
    case 'pool':
      return [node.pool.isActive ? 'active' : 'inactive', ...changeable];
    case 'folder':
      return [node.holds];
    case 'failure':
      return [node.failure.kind, ...(hasLogin(node.model) ? ['login'] : [])];
    case 'volume':
      return changeable;
  }
}

/** What a failed host failed of decides about the way out. */
function hostTraits({ status }: HostModel): readonly string[] {
  return status.state === 'failed' ? [status.state, status.failure.kind] : [status.state];
}

function phase(state: DomainNode['situation']['state']): 'running' | 'paused' | 'off' {
  if (state === 'paused' || state === 'suspended') return 'paused';
  return isActive(state) ? 'running' : 'off';
}

function hasLogin({ host: { connection } }: HostModel): boolean {
  return connection.kind === 'ssh' || /^[a-z0-9]+\+/i.test(connection.uri);
}

function place({ host: { connection } }: HostModel): readonly string[] {
  return isPlayground(connection.uri) ? ['playground'] : [];
}

function hostItem({ model }: HostNode, filter: HostsFilter): vscode.TreeItem {
  return {
    label: model.name,
    description: hostWords(model).join(' · '),
    iconPath: icon(hostIcon(model)),
    collapsibleState: filter.isEmpty ? Collapsed : Expanded,
  };
}

function hostWords(model: HostModel): readonly string[] {
  const { connection } = model.host;
  const known = model.domains ?? [];
  const running = known.filter(({ state }) => isActive(state)).length;
  const counts = model.domains
    ? vscode.l10n.t('{0} of {1} running', running, known.length)
    : vscode.l10n.t('not connected');
  const marks = [
    ...(connection.production ? [vscode.l10n.t('production')] : []),
    ...(connection.readOnly ? [vscode.l10n.t('read-only')] : []),
  ];
  return [connection.label, ...marks, hostState(model) ?? counts].filter((word) => word !== undefined);
}

/** Undefined for a host that answers, and for one that has not been asked. */
function hostState({ status, domains }: HostModel): string | undefined {
  switch (status.state) {
    case 'connecting':
      return vscode.l10n.t('connecting…');
    case 'failed':
      return status.failure.kind === 'cancelled' ? vscode.l10n.t('not connected') : vscode.l10n.t('cannot be reached');
    case 'unasked':
      return domains ? vscode.l10n.t('{0} VMs last seen', domains.length) : undefined;
    case 'connected':
      return undefined;
  }
}

function hostIcon({ status, host: { connection } }: HostModel): string {
  if (isPlayground(connection.uri)) return 'beaker';
  switch (status.state) {
    case 'connected':
      return 'vm-connect';
    case 'connecting':
      return 'loading~spin';
    case 'failed':
      return status.failure.kind === 'cancelled' ? 'server' : 'warning';
    case 'unasked':
      return 'server';
  }
}

function seen({ isConfirmed, isLive, sighting }: HostModel): readonly string[] {
  if (!sighting) return [];
  if (isConfirmed) return isLive ? [vscode.l10n.t('changes are shown as they happen')] : [];
  return [vscode.l10n.t('last seen {0}', sighting.seen.toLocaleString())];
}

function domainItem(node: DomainNode): vscode.TreeItem {
  const { connection, domain, uuid, situation, isConfirmed } = node;
  const words = domainWords(node);
  return {
    label: domain,
    // Its file in the workspace may say something else: the mark hangs on the address of the definition.
    resourceUri: hostUri({ connection, uuid, name: domain, kind: 'definition' }),
    description: words.join(' · '),
    iconPath: isConfirmed ? stateIcon(situation.state) : icon('vm'),
    collapsibleState: situation.hasSnapshots && isConfirmed ? Collapsed : None,
  };
}

function domainWords({ situation, isConfirmed }: DomainNode): readonly string[] {
  const { state, isAutostart, isTransient, hasManagedSave } = situation;
  return [
    isConfirmed ? stateText(state) : vscode.l10n.t('was {0}', stateText(state)),
    ...(hasManagedSave ? [vscode.l10n.t('saved')] : []),
    ...(isTransient ? [vscode.l10n.t('transient')] : []),
    ...(isAutostart ? [vscode.l10n.t('autostart')] : []),
  ];
}

function snapshotItem({ snapshot }: SnapshotNode): vscode.TreeItem {
  return {
    label: snapshot.name,
    description: snapshot.isCurrent ? vscode.l10n.t('snapshot, current') : vscode.l10n.t('snapshot'),
    iconPath: icon('history'),
    collapsibleState: None,
  };
}

function folderItem({ holds }: FolderNode): vscode.TreeItem {
  return holds === 'networks'
    ? { label: vscode.l10n.t('Networks'), iconPath: icon('type-hierarchy'), collapsibleState: Collapsed }
    : { label: vscode.l10n.t('Storage pools'), iconPath: icon('library'), collapsibleState: Collapsed };
}

function objectItem(
  { name, isActive, isAutostart }: { readonly name: string; readonly isActive: boolean; readonly isAutostart: boolean },
  iconName: string,
): vscode.TreeItem {
  const words = [
    isActive ? vscode.l10n.t('active') : vscode.l10n.t('inactive'),
    ...(isAutostart ? [vscode.l10n.t('autostart')] : []),
  ];
  return { label: name, description: words.join(' · '), iconPath: icon(isActive ? iconName : 'circle-slash') };
}

/** A click on it offers the ways out. */
function failureItem(node: FailureNode): vscode.TreeItem {
  const { failure } = node;
  return {
    label: failure.message,
    iconPath: icon(failure.kind === 'cancelled' ? 'info' : 'error'),
    collapsibleState: None,
    command: { command: 'libvirt.explainFailure', title: vscode.l10n.t('What Can Be Done?'), arguments: [node] },
  };
}

function icon(name: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name);
}
