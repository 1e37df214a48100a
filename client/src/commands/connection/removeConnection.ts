/** Libvirt: Remove Connection… */
import * as vscode from 'vscode';
import { findEntry, removeEntry } from '../../connections/setting.ts';
import type { ClientContext } from '../../context.ts';
import { confirm } from '../../notify.ts';
import type { Target } from '../target.ts';

export interface RemoveRequest extends Target {
  /** Yes to the question; a node of the view has no such property. */
  readonly confirm?: boolean;
}

/** Removes a connection from the settings, or closes the playground's place in the view. Nothing changes on the host. */
export async function removeConnection(
  { hosts }: ClientContext,
  { connection, confirm: isConfirmed = false }: RemoveRequest = {},
): Promise<boolean> {
  const model = connection === undefined ? undefined : hosts.find(connection);
  if (connection === undefined || !model) return false;
  const question = vscode.l10n.t('Remove the connection "{0}" from the list?', connection);
  const detail = vscode.l10n.t('Nothing changes on the host: its VMs, disks and networks stay as they are.');
  if (!isConfirmed && !(await confirm(question, vscode.l10n.t('Remove'), detail))) return false;
  if (hosts.isPlayground(model)) await hosts.closePlayground();
  else if (findEntry(connection)) await removeEntry(connection);
  return true;
}
