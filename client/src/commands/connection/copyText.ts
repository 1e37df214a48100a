/** Libvirt: Copy Name, Copy UUID */
import * as vscode from 'vscode';
import type { HostsNode } from '../../tree/nodes.ts';

/** Puts what names a node elsewhere on the clipboard. */
export async function copyText(node: HostsNode | undefined, what: 'name' | 'uuid'): Promise<void> {
  const text = node && (what === 'uuid' ? uuidOf(node) : nameOf(node));
  if (text !== undefined) await vscode.env.clipboard.writeText(text);
}

function uuidOf(node: HostsNode): string | undefined {
  return node.kind === 'domain' ? node.uuid : undefined;
}

function nameOf(node: HostsNode): string | undefined {
  switch (node.kind) {
    case 'host':
      return node.connection;
    case 'domain':
      return node.domain;
    case 'snapshot':
      return node.snapshot.name;
    case 'network':
      return node.network.name;
    case 'pool':
      return node.pool.name;
    case 'volume':
      return node.volume;
    default:
      return undefined;
  }
}
