/**
 * What the Hosts view consists of, as plain data. A command gets the node that it was called on, and as its second argument all that are
 * selected. `connection` and `domain` are names, so that the node of a VM is a target of every command on a VM.
 */
import type { DomainSituation, HostObject, SnapshotEntry, VirshFailure } from '../../../virsh/src/index.ts';
import type { HostModel } from '../hosts/hostModel.ts';

export interface GroupNode {
  readonly kind: 'group';
  readonly group: string;
}

interface OnHost {
  /** Name of the connection. */
  readonly connection: string;
  readonly model: HostModel;
}

export interface HostNode extends OnHost {
  readonly kind: 'host';
}

interface OfDomain extends OnHost {
  /** Name of the VM. */
  readonly domain: string;
  readonly uuid: string;
}

export interface DomainNode extends OfDomain {
  readonly kind: 'domain';
  readonly situation: DomainSituation;
  /** As the host has told in this window; otherwise as it was last seen. */
  readonly isConfirmed: boolean;
}

export interface SnapshotNode extends OfDomain {
  readonly kind: 'snapshot';
  readonly snapshot: SnapshotEntry;
}

export interface FolderNode extends OnHost {
  readonly kind: 'folder';
  readonly holds: 'networks' | 'pools';
}

export interface NetworkNode extends OnHost {
  readonly kind: 'network';
  readonly network: HostObject;
}

export interface PoolNode extends OnHost {
  readonly kind: 'pool';
  readonly pool: HostObject;
}

export interface VolumeNode extends OnHost {
  readonly kind: 'volume';
  /** Name of the pool. */
  readonly pool: string;
  readonly volume: string;
}

/** Stands where something could not be read. */
export interface FailureNode extends OnHost {
  readonly kind: 'failure';
  readonly failure: VirshFailure;
  /** What it is shown in the place of; unique in the tree. */
  readonly of: string;
}

export type HostsNode =
  | GroupNode
  | HostNode
  | DomainNode
  | SnapshotNode
  | FolderNode
  | NetworkNode
  | PoolNode
  | VolumeNode
  | FailureNode;

/** Unique in the tree, and the same for the same thing: VS Code keeps by it what is unfolded and selected. */
export function nodeId(node: HostsNode): string {
  return JSON.stringify(nodePath(node));
}

function nodePath(node: HostsNode): readonly string[] {
  switch (node.kind) {
    case 'group':
      return ['group', node.group];
    case 'host':
      return ['host', node.connection];
    case 'domain':
      return ['domain', node.connection, node.uuid];
    case 'snapshot':
      return ['snapshot', node.connection, node.uuid, node.snapshot.name];
    case 'folder':
      return ['folder', node.connection, node.holds];
    case 'network':
      return ['network', node.connection, node.network.name];
    case 'pool':
      return ['pool', node.connection, node.pool.name];
    case 'volume':
      return ['volume', node.connection, node.pool, node.volume];
    case 'failure':
      return ['failure', node.connection, node.of];
  }
}

/** Says whether what a command was given is a node of the view: a test or a key binding gives something else. */
export function isNode(given: unknown): given is HostsNode {
  return typeof given === 'object' && given !== null && 'kind' in given && typeof given.kind === 'string';
}
