/** Libvirt: Copy Name, Copy UUID */
import * as vscode from 'vscode';
import { type HostsNode, isNode } from '../../tree/nodes.ts';

/** Puts what names a node elsewhere on the clipboard; of several that are selected, one a line. */
export async function copyText(what: 'name' | 'uuid', clicked: unknown, selected: unknown): Promise<void> {
  const nodes = Array.isArray(selected) && selected.includes(clicked) ? selected : [clicked];
  const read = what === 'uuid' ? uuidOf : nameOf;
  const texts = nodes.filter(isNode).flatMap((node) => read(node) ?? []);
  if (texts.length > 0) await vscode.env.clipboard.writeText(texts.join('\n'));
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
