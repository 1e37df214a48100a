/** Libvirt: Show Snapshots */
import * as vscode from 'vscode';
import { readSnapshotTree } from '../../../virsh/src/index.ts';
import { pickDomains } from '../commands/domain/pickDomains.ts';
import type { Target } from '../commands/target.ts';
import type { ClientContext } from '../context.ts';
import { showMarkdown } from '../documents/showMarkdown.ts';
import { withProgress } from '../progress.ts';
import { report } from '../report.ts';
import { snapshotsPage } from './snapshotsPage.ts';

/** A page of all snapshots of a VM; its text, for tests. */
export async function listSnapshots(context: ClientContext, target: Target = {}): Promise<string | undefined> {
  const [where] = await pickDomains(context, target, undefined, {
    title: vscode.l10n.t('Show the snapshots of a VM'),
    nothing: (host) => vscode.l10n.t('{0} has no VMs.', host),
  });
  const [domain] = where?.domains ?? [];
  if (!where || !domain) return undefined;
  const { host } = where;
  const read = await withProgress(vscode.l10n.t('Reading the snapshots of {0}', domain.name), (signal) =>
    readSnapshotTree(host, domain.uuid, { signal }),
  );
  if (!read.ok) {
    report(context, read.error);
    return undefined;
  }
  const page = snapshotsPage(domain.name, host.connection.name, read.value);
  await showMarkdown(context.documents.put(host.connection.name, `${domain.name} snapshots.md`, page));
  return page;
}
