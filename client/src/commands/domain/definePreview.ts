/** Shows what a definition will change, and asks: the changes with when they take effect above, the two texts below. */
import * as vscode from 'vscode';
import { say } from '../../../../server/src/l10n/say.ts';
import {
  type Change,
  type Connection,
  type DefinePlan,
  type ExistingDomain,
  type Preview,
  previewDefinition,
} from '../../../../virsh/src/index.ts';
import { isActive } from '../../connections/states.ts';
import type { ClientContext } from '../../context.ts';
import { confirm, confirmBeside } from '../../notify.ts';
import { type Draft, type Intent, isFrom, uuidOf } from './defineDraft.ts';

/** Asks whether to go ahead, unless the user has set that nothing needs to be asked here. */
export async function confirmDefine(
  context: ClientContext,
  connection: Connection,
  draft: Draft,
  intent: Intent,
  plan: Exclude<DefinePlan, { action: 'conflict' }>,
): Promise<boolean> {
  if (plan.action === 'create') {
    const isGone = isFrom(draft.origin, uuidOf(intent.text));
    const question = isGone
      ? vscode.l10n.t('"{0}" is no longer on "{1}". Define it as a new VM?', plan.name, connection.name)
      : vscode.l10n.t('Define the new VM "{0}" on "{1}"?', plan.name, connection.name);
    return confirm(question, vscode.l10n.t('Define'));
  }
  const preview = previewDefinition(plan.existing.xml, intent.text);
  const { origin } = draft;
  // Another VM than the document's is not replaced without a look at it.
  const isLookedAt = origin !== undefined && (origin.base === undefined || !isFrom(origin, plan.existing.uuid));
  if (!isLookedAt && !isAsked(connection, intent, preview)) return true;
  const { state } = plan.existing;
  const guest = isActive(state) ? 'running' : plan.hasManagedSave ? 'saved' : 'off';
  return confirmReplace(context, connection.name, draft, intent, { ...plan.existing, guest }, preview);
}

/** What somebody else has changed too is looked at in any case, and every change of a production host. */
function isAsked({ production }: Connection, { isMerged }: Intent, { isHarmless }: Preview): boolean {
  const setting = vscode.workspace.getConfiguration('libvirt').get('define.preview');
  if (isMerged || production || setting === 'always') return true;
  return setting !== 'never' && !isHarmless;
}

/** What the guest does now. `saved`: it is off, and its next start brings it back from its saved memory, with the definition that it had then. */
type Guest = 'running' | 'off' | 'saved';

/** Both sides are read-only: what is shown is what will be sent, whatever becomes of the document meanwhile. */
async function confirmReplace(
  { documents }: ClientContext,
  connection: string,
  { document }: Draft,
  { text, isMerged }: Intent,
  { name, xml, guest }: ExistingDomain & { readonly guest: Guest },
  preview: Preview,
): Promise<boolean> {
  const present = documents.put(connection, say`${name} at present.xml`, xml);
  const intended = documents.put(connection, say`${name} to be defined.xml`, text);
  const title = vscode.l10n.t('{0}: on {1} ↔ to be defined', name, connection);
  // In a tab of its own: a preview would take the place of the document's.
  await vscode.commands.executeCommand('vscode.diff', present, intended, title, { preview: false });
  const question = isMerged
    ? vscode.l10n.t(
        'Somebody changed "{0}" on "{1}" meanwhile. Define both changes together as shown?',
        name,
        connection,
      )
    : vscode.l10n.t('Replace the definition of "{0}" on "{1}" as shown?', name, connection);
  const detail = whenText(guest);
  const isYes = await confirmBeside(question, vscode.l10n.t('Replace'), {
    ...(detail === undefined ? {} : { detail }),
    beside: toItems(preview, guest),
  });
  await closeDifference(present);
  if (!document.isClosed) await vscode.window.showTextDocument(document);
  return isYes;
}

/** When all of it takes effect, where that is not the next start. */
function whenText(guest: Guest): string | undefined {
  switch (guest) {
    case 'running':
      return vscode.l10n.t('It is running: the change takes effect when it is shut down and started again.');
    case 'saved':
      return vscode.l10n.t(
        'Its memory is saved: the next start brings back the guest as it was. The change takes effect when it is shut down after that and started again.',
      );
    case 'off':
      return undefined;
  }
}

function toItems({ changes, addressesLeftToLibvirt }: Preview, guest: Guest): vscode.QuickPickItem[] {
  const items = changes.map((change) => ({
    label: change.message,
    detail: effectText(change, guest),
    iconPath: new vscode.ThemeIcon(ICONS[change.kind]),
  }));
  if (addressesLeftToLibvirt > 0) {
    items.push({
      label: vscode.l10n.t('Addresses of {0} devices are left to libvirt.', addressesLeftToLibvirt),
      detail: vscode.l10n.t('It may assign others: then the guest sees these devices move.'),
      iconPath: new vscode.ThemeIcon('info'),
    });
  }
  return items;
}

const ICONS: Readonly<Record<Change['kind'], string>> = {
  added: 'diff-added',
  removed: 'diff-removed',
  changed: 'diff-modified',
};

/** When a change takes effect. */
function effectText({ effect, live, remark }: Change, guest: Guest): string {
  const more = remark === undefined ? '' : `; ${remark}`;
  if (effect === 'description') return vscode.l10n.t('Nothing changes in the guest.');
  if (guest === 'off') return vscode.l10n.t('At the next start{0}.', more);
  if (guest === 'saved') return vscode.l10n.t('At the start after the one that brings back the saved guest{0}.', more);
  if (effect === 'live' && live !== undefined) {
    return vscode.l10n.t('At the next cold start; the running guest can have it now by {0}{1}.', live, more);
  }
  return vscode.l10n.t('At the next cold start; a reboot inside the guest is not enough{0}.', more);
}

async function closeDifference(present: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const shown = tabs.filter(
    ({ input }) => input instanceof vscode.TabInputTextDiff && input.original.toString() === present.toString(),
  );
  await vscode.window.tabGroups.close(shown);
}
