/** Which kind of clone it is to be, and whether it goes to another host. */
import * as vscode from 'vscode';
import type { CloneMethod, Host } from '../../../../virsh/src/index.ts';
import type { ClientContext } from '../../context.ts';

export interface CloneMethodRequest {
  /** A full copy where it is left out and anything else is given. */
  readonly method?: CloneMethod;
  /** Name of the connection to the host that the clone goes to; the source's own where it is left out. */
  readonly to?: string;
  /** Name of the clone: who gives it has decided. */
  readonly name?: string;
}

export interface CloneKind {
  readonly method: CloneMethod;
  readonly isElsewhere: boolean;
}

/** Asks, unless the request says it. */
export async function askMethod(
  { connections }: ClientContext,
  { connection }: Host,
  { method, to, name }: CloneMethodRequest,
): Promise<CloneKind | undefined> {
  if (method !== undefined || to !== undefined || name !== undefined)
    return { method: method ?? 'full', isElsewhere: to !== undefined && to !== connection.name };
  const host = connection.name;
  const kinds: readonly (vscode.QuickPickItem & { readonly clone: CloneKind })[] = [
    {
      label: vscode.l10n.t('Full Copy'),
      description: vscode.l10n.t('on {0}', host),
      detail: vscode.l10n.t('Disks of its own. Nothing binds it to its source.'),
      clone: { method: 'full', isElsewhere: false },
    },
    {
      label: vscode.l10n.t('Full Copy to Another Host…'),
      detail: vscode.l10n.t('Its disks are sent there through libvirt.'),
      clone: { method: 'full', isElsewhere: true },
    },
    {
      label: vscode.l10n.t('Linked Clone'),
      description: vscode.l10n.t('on {0}', host),
      detail: vscode.l10n.t('Made at once and small, but its source must never be started again.'),
      clone: { method: 'linked', isElsewhere: false },
    },
    {
      label: vscode.l10n.t('Definition Only'),
      description: vscode.l10n.t('on {0}', host),
      detail: vscode.l10n.t('No disk is made: it names files that are to come.'),
      clone: { method: 'definition', isElsewhere: false },
    },
    {
      label: vscode.l10n.t('Definition Only, on Another Host…'),
      clone: { method: 'definition', isElsewhere: true },
    },
  ];
  const hasOthers = connections.list().length > 1;
  const chosen = await vscode.window.showQuickPick(
    kinds.filter(({ clone }) => hasOthers || !clone.isElsewhere),
    { placeHolder: vscode.l10n.t('What kind of clone?'), ignoreFocusOut: true },
  );
  return chosen?.clone;
}
