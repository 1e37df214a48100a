/** Libvirt: Show Snapshots */
import * as vscode from 'vscode';
import type { Target } from '../commands/target.ts';
import type { ClientContext } from '../context.ts';
import { showMarkdown } from '../documents/showMarkdown.ts';
import { readSnapshots } from './pickSnapshot.ts';
import { snapshotsPage } from './snapshotsPage.ts';

/** A page of all snapshots of a VM; its text, for tests. */
export async function listSnapshots(context: ClientContext, target: Target = {}): Promise<string | undefined> {
  const here = await readSnapshots(context, target, vscode.l10n.t('Show the snapshots of a VM'));
  if (!here) return undefined;
  const { host, domain, tree } = here;
  const page = snapshotsPage(domain.name, host.connection.name, tree);
  await showMarkdown(context.documents.put(host.connection.name, `${domain.name} snapshots.md`, page));
  return page;
}
