/**
 * The addresses of documents on hosts: `libvirt:/CONNECTION/definition/VM.libvirt.xml?UUID`, `…/live/…` and `…/history/…?UUID/TIME`. The path is for
 * people and makes the editor's tab; what is meant is in the query.
 */
import * as vscode from 'vscode';

export const HOST_SCHEME = 'libvirt';

export type HostDocument = {
  readonly connection: string;
  readonly uuid: string;
  readonly name: string;
} & (
  | { readonly kind: 'definition' | 'live' }
  /** `kept` is the file of a definition that was replaced. */
  | { readonly kind: 'history'; readonly kept: string }
);

const ENDING = '.libvirt.xml';

export function hostUri(document: HostDocument): vscode.Uri {
  const { connection, kind, name, uuid } = document;
  const title = document.kind === 'history' ? `${name} ${document.kept.replace(/\.xml$/, '')}` : name;
  const path = ['', segment(connection), kind, `${segment(title)}${ENDING}`].join('/');
  const query = document.kind === 'history' ? `${uuid}/${document.kept}` : uuid;
  return vscode.Uri.from({ scheme: HOST_SCHEME, path, query });
}

/** Undefined for an address that is not one of these. */
export function readHostUri({ scheme, path, query }: vscode.Uri): HostDocument | undefined {
  const [, connection, kind, file] = path.split('/');
  const [uuid, kept] = query.split('/');
  if (scheme !== HOST_SCHEME || !connection || !file || !uuid || !/^[\da-f-]{36}$/i.test(uuid)) return undefined;
  const place = { connection: decoded(connection), uuid, name: decoded(file.slice(0, -ENDING.length)) };
  if (kind === 'definition' || kind === 'live') return { ...place, kind };
  if (kind !== 'history' || !kept || !/^[\w.-]+\.xml$/.test(kept)) return undefined;
  return { ...place, name: place.name.slice(0, -kept.replace(/\.xml$/, '').length - 1), kind, kept };
}

/** A connection may be called anything: what would end a part of the path, or make a drive of it, is written otherwise. */
function segment(name: string): string {
  return name.replace(/[%/:]/g, encodeURIComponent);
}

function decoded(segment: string): string {
  return segment.replace(/%25|%2F|%3A/g, decodeURIComponent);
}
