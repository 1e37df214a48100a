/** Libvirt: Go Back to Snapshot…, Delete Snapshot… */
import * as vscode from 'vscode';
import { removeSnapshot, revertToSnapshot, wantsForce } from '../../../virsh/src/index.ts';
import { confirmDeed, type Deed, type GivenAnswers } from '../commands/domain/confirmDeed.ts';
import { isActive } from '../connections/states.ts';
import type { ClientContext } from '../context.ts';
import { confirm } from '../notify.ts';
import { withProgress } from '../progress.ts';
import { report } from '../report.ts';
import { lateCancelling } from '../tooLate.ts';
import { deleteLosses, revertLosses } from './losses.ts';
import { pickSnapshot, type SnapshotHere } from './pickSnapshot.ts';

/** True when the VM stands on it. What is lost is said first. */
export async function revertSnapshot(context: ClientContext, given?: unknown): Promise<boolean> {
  const here = await pickSnapshot(context, given, vscode.l10n.t('Go back to which snapshot?'));
  if (!here) return false;
  const { host, domain, snapshot } = here;
  const release = await host.version();
  const situation = {
    isActive: isActive(domain.state),
    library: release.ok ? release.value.library : undefined,
  };
  const detail = revertLosses(snapshot, situation).join('\n');
  if (
    !(await isConfirmed(
      here,
      {
        verb: vscode.l10n.t('Go Back'),
        act: vscode.l10n.t('Go back to the snapshot "{0}" with', snapshot.name),
        detail,
      },
      given,
    ))
  )
    return false;
  const { onTooLate, tellDone } = lateCancelling(domain.name);
  const revert = (isForced: boolean) =>
    withProgress(vscode.l10n.t('Going back to {0}', snapshot.name), (signal) =>
      revertToSnapshot(host, domain.uuid, snapshot.name, { isForced, signal, onTooLate }),
    );
  let done = await revert(false);
  if (!done.ok && wantsForce(done.error)) {
    const question = vscode.l10n.t('libvirt hesitates to take "{0}" back to "{1}". Go on?', domain.name, snapshot.name);
    if (await confirm(question, vscode.l10n.t('Go Back All the Same'), done.error.message)) done = await revert(true);
  }
  if (done.ok) tellDone(vscode.l10n.t('{0} stands on the snapshot {1}.', domain.name, snapshot.name));
  else report(context, done.error);
  return done.ok;
}

/** True when it is gone. */
export async function deleteSnapshot(context: ClientContext, given?: unknown): Promise<boolean> {
  const here = await pickSnapshot(context, given, vscode.l10n.t('Delete which snapshot?'));
  if (!here) return false;
  const { host, domain, snapshot, tree } = here;
  const detail = deleteLosses(snapshot, tree.snapshots, tree.current).join('\n');
  if (
    !(await isConfirmed(
      here,
      {
        verb: vscode.l10n.t('Delete Snapshot'),
        act: vscode.l10n.t('Delete the snapshot "{0}" of', snapshot.name),
        detail,
      },
      given,
    ))
  )
    return false;
  const { onTooLate, tellDone } = lateCancelling(domain.name);
  const done = await withProgress(vscode.l10n.t('Deleting the snapshot {0}', snapshot.name), (signal) =>
    removeSnapshot(host, domain.uuid, snapshot.name, { signal, onTooLate }),
  );
  if (done.ok) tellDone(vscode.l10n.t('The snapshot {0} of {1} is deleted.', snapshot.name, domain.name));
  else report(context, done.error);
  return done.ok;
}

function isConfirmed({ host, domain }: SnapshotHere, deed: Deed, given: unknown): Promise<boolean> {
  const answers: GivenAnswers = typeof given === 'object' && given !== null ? given : {};
  return confirmDeed([{ host, domains: [domain] }], deed, answers);
}
