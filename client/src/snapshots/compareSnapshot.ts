/** Libvirt: Compare Snapshot with Now */
import * as vscode from 'vscode';
import { domain as domainCommands } from '../../../virsh/src/index.ts';
import type { ClientContext } from '../context.ts';
import { tell } from '../notify.ts';
import { report } from '../report.ts';
import { pickSnapshot } from './pickSnapshot.ts';

/** The definition of the snapshot beside that of now. What is on the disks nobody can compare. The two addresses, for tests. */
export async function compareSnapshot(
  context: ClientContext,
  given?: unknown,
): Promise<readonly [vscode.Uri, vscode.Uri] | undefined> {
  const here = await pickSnapshot(context, given, vscode.l10n.t('Compare which snapshot with now?'));
  if (!here) return undefined;
  const { host, domain, snapshot } = here;
  if (snapshot.definition === undefined) {
    tell('information', vscode.l10n.t('The snapshot {0} holds no definition.', snapshot.name));
    return undefined;
  }
  const now = await host.run(domainCommands.dumpXml(domain.uuid, { inactive: true }));
  if (!now.ok) {
    report(context, now.error);
    return undefined;
  }
  const place = host.connection.name;
  const then = context.documents.put(
    place,
    `${vscode.l10n.t('{0} at {1}', domain.name, snapshot.name)}.libvirt.xml`,
    snapshot.definition,
  );
  const present = context.documents.put(place, `${domain.name} now.libvirt.xml`, now.value);
  const title = vscode.l10n.t('{0}: {1} ↔ now', domain.name, snapshot.name);
  await vscode.commands.executeCommand('vscode.diff', then, present, title);
  return [then, present];
}
