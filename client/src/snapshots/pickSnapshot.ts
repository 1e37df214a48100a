/** Which snapshot a command is about. */
import * as vscode from 'vscode';
import {
  type DomainEntry,
  type Host,
  readSnapshotTree,
  type SnapshotDetails,
  type SnapshotTree,
} from '../../../virsh/src/index.ts';
import { pickDomains } from '../commands/domain/pickDomains.ts';
import type { Target } from '../commands/target.ts';
import type { ClientContext } from '../context.ts';
import { tell, withoutIcons } from '../notify.ts';
import { withProgress } from '../progress.ts';
import { report } from '../report.ts';
import { isNode } from '../tree/nodes.ts';

/** Of a VM, or of one of its snapshots: a node of the Hosts view is one. */
export interface SnapshotRequest extends Target {
  readonly snapshot?: string;
}

export interface SnapshotsHere {
  readonly host: Host;
  readonly domain: DomainEntry;
  readonly tree: SnapshotTree;
}

export interface SnapshotHere extends SnapshotsHere {
  readonly snapshot: SnapshotDetails;
}

/** The snapshots of a VM. Undefined: the user turned away, or they could not be read (which was told). */
export async function readSnapshots(
  context: ClientContext,
  target: Target,
  title: string,
): Promise<SnapshotsHere | undefined> {
  const [where] = await pickDomains(context, target, undefined, {
    title,
    nothing: (host) => vscode.l10n.t('{0} has no VMs.', host),
  });
  const [domain] = where?.domains ?? [];
  if (!where || !domain) return undefined;
  const { host } = where;
  const read = await withProgress(vscode.l10n.t('Reading the snapshots of {0}', domain.name), (signal) =>
    readSnapshotTree(host, domain.uuid, { signal }),
  );
  if (read.ok) return { host, domain, tree: read.value };
  report(context, read.error);
  return undefined;
}

/** Undefined: the user turned away, or there is none (which was told). */
export async function pickSnapshot(
  context: ClientContext,
  given: unknown,
  title: string,
): Promise<SnapshotHere | undefined> {
  const request = toRequest(given);
  const here = await readSnapshots(context, request, title);
  if (!here) return undefined;
  const { host, domain, tree } = here;
  const snapshot = await choose(tree, domain, request.snapshot, title);
  return snapshot && { host, domain, tree, snapshot };
}

/** The node of a snapshot has a whole entry where a request has a name. */
export function toRequest(given: unknown): SnapshotRequest {
  if (isNode(given) && given.kind === 'snapshot') {
    const { connection, domain, snapshot } = given;
    return { connection, domain, snapshot: snapshot.name };
  }
  return typeof given === 'object' && given !== null ? given : {};
}

async function choose(
  { snapshots, current }: SnapshotTree,
  { name }: DomainEntry,
  wanted: string | undefined,
  title: string,
): Promise<SnapshotDetails | undefined> {
  if (snapshots.length === 0) {
    tell('information', vscode.l10n.t('{0} has no snapshots.', name));
    return undefined;
  }
  if (wanted !== undefined) {
    const found = snapshots.find((snapshot) => snapshot.name === wanted);
    if (!found) tell('error', vscode.l10n.t('{0} has no snapshot {1} (any more).', name, wanted));
    return found;
  }
  const items = snapshots.map((snapshot) => ({
    label: withoutIcons(snapshot.name),
    description: [
      snapshot.created?.toLocaleString(),
      snapshot.state,
      snapshot.name === current ? vscode.l10n.t('current') : undefined,
    ]
      .filter((word) => word !== undefined)
      .join(' · '),
    ...(snapshot.description === undefined ? {} : { detail: withoutIcons(snapshot.description) }),
    snapshot,
  }));
  const options = { title, matchOnDescription: true, matchOnDetail: true, ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.snapshot;
}
