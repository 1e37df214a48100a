/** Libvirt: Make Snapshot… */
import * as vscode from 'vscode';
import {
  type DomainEntry,
  domain as domainCommands,
  type Host,
  makeSnapshot,
  type NewSnapshot,
  snapshotKinds,
} from '../../../virsh/src/index.ts';
import { refusesChanges } from '../commands/domain/confirmDeed.ts';
import { pickDomains } from '../commands/domain/pickDomains.ts';
import type { Target } from '../commands/target.ts';
import { isActive } from '../connections/states.ts';
import type { ClientContext } from '../context.ts';
import { withProgress } from '../progress.ts';
import { report } from '../report.ts';
import { lateCancelling } from '../tooLate.ts';

export interface CreateRequest extends Target {
  /** In place of the questions. */
  readonly name?: string;
  readonly isDiskOnly?: boolean;
}

/** True when it is there. */
export async function createSnapshot(context: ClientContext, request: CreateRequest = {}): Promise<boolean> {
  const [where] = await pickDomains(context, request, undefined, {
    title: vscode.l10n.t('Make a snapshot of a VM'),
    nothing: (host) => vscode.l10n.t('{0} has no VMs.', host),
  });
  const [domain] = where?.domains ?? [];
  if (!where || !domain || refusesChanges(where)) return false;
  const { host } = where;
  const wanted = await askFor(context, host, domain, request);
  if (!wanted) return false;
  const { onTooLate, tellDone } = lateCancelling(domain.name);
  const made = await withProgress(vscode.l10n.t('Making the snapshot {0} of {1}', wanted.name, domain.name), (signal) =>
    makeSnapshot(host, domain.uuid, wanted, { signal, onTooLate }),
  );
  if (made.ok) tellDone(vscode.l10n.t('The snapshot {0} of {1} is made.', wanted.name, domain.name));
  else report(context, made.error);
  return made.ok;
}

async function askFor(
  context: ClientContext,
  host: Host,
  domain: DomainEntry,
  { name: givenName, isDiskOnly: givenKind }: CreateRequest,
): Promise<NewSnapshot | undefined> {
  const isDiskOnly = givenKind ?? (givenName === undefined ? await pickKind(context, host, domain) : false);
  if (isDiskOnly === undefined) return undefined;
  const name =
    givenName ??
    (await vscode.window.showInputBox({
      title: vscode.l10n.t('Name of the snapshot of {0}', domain.name),
      value: new Date().toISOString().slice(0, 16).replace('T', ' ').replace(':', '.'),
      ignoreFocusOut: true,
      validateInput: (text) =>
        text.trim() === '' || /[/\r\n]/.test(text) ? vscode.l10n.t('A name without slashes') : undefined,
    }));
  if (name === undefined) return undefined;
  const description =
    givenName === undefined
      ? await vscode.window.showInputBox({
          title: vscode.l10n.t('What is it for? Enter alone leaves it out.'),
          ignoreFocusOut: true,
        })
      : '';
  return description === undefined ? undefined : { name, description, isDiskOnly };
}

interface Kind extends vscode.QuickPickItem {
  readonly isDiskOnly: boolean;
}

/** Says what each kind keeps, and which one the VM cannot have. */
async function pickKind(
  context: ClientContext,
  host: Host,
  { uuid, name, state }: DomainEntry,
): Promise<boolean | undefined> {
  const dumped = await host.run(domainCommands.dumpXml(uuid));
  if (!dumped.ok) {
    report(context, dumped.error);
    return undefined;
  }
  const { internalObstacle } = snapshotKinds(dumped.value);
  const whole: Kind = {
    label: isActive(state) ? vscode.l10n.t('Disks and memory') : vscode.l10n.t('Disks'),
    detail: isActive(state)
      ? vscode.l10n.t('Inside the qcow2 files. The guest stands still while its memory is written.')
      : vscode.l10n.t('Inside the qcow2 files. Every release of libvirt can go back to it.'),
    isDiskOnly: false,
  };
  const files: Kind = {
    label: vscode.l10n.t('Disks only, in new files'),
    detail: vscode.l10n.t(
      'From now on the VM writes to new files beside the old ones. libvirt before 9.9 cannot go back to it by itself.',
    ),
    isDiskOnly: true,
  };
  const placeHolder = internalObstacle
    ? vscode.l10n.t('Not inside the disks: {0}', internalObstacle)
    : vscode.l10n.t('What is kept?');
  const kinds = internalObstacle ? [files] : [whole, files];
  const options = { title: vscode.l10n.t('Make a snapshot of {0}', name), placeHolder, ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(kinds, options))?.isDiskOnly;
}
