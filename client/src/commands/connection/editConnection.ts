/** Libvirt: Edit Connection… */
import * as vscode from 'vscode';
import { readConnection } from '../../../../virsh/src/index.ts';
import { type Entry, findEntry, replaceEntry } from '../../connections/setting.ts';
import type { ClientContext } from '../../context.ts';
import { tell } from '../../notify.ts';
import { openSettings } from '../../report.ts';
import type { Target } from '../target.ts';

interface Choice extends vscode.QuickPickItem {
  /** The entry changed; undefined where the user turned away. */
  readonly change: (entry: Entry) => Entry | undefined | Promise<Entry | undefined>;
}

/** Changes one property of a connection in the settings. True when it has been written. */
export async function editConnection(_context: ClientContext, { connection }: Target = {}): Promise<boolean> {
  const entry = connection === undefined ? undefined : findEntry(connection);
  if (connection === undefined || !entry) {
    openSettings('libvirt.connections').run();
    return false;
  }
  const chosen = await vscode.window.showQuickPick(choices(entry), { title: connection, ignoreFocusOut: true });
  const changed = await chosen?.change(entry);
  if (!changed) return false;
  const read = readConnection(changed);
  if (!read.ok) {
    tell('error', read.error);
    return false;
  }
  await replaceEntry(connection, changed);
  return true;
}

function choices(entry: Entry): readonly Choice[] {
  const text = (key: string, label: string): Choice => ({
    label,
    description: String(entry[key] ?? ''),
    change: async (present) => {
      const value = await vscode.window.showInputBox({
        title: label,
        value: String(present[key] ?? ''),
        ignoreFocusOut: true,
      });
      return value === undefined
        ? undefined
        : withProperty(present, key, value.trim() === '' ? undefined : value.trim());
    },
  });
  const flag = (key: string, on: string, off: string): Choice => {
    const isOn = entry[key] === true;
    return { label: isOn ? off : on, change: (present) => withProperty(present, key, isOn ? undefined : true) };
  };
  return [
    text('name', vscode.l10n.t('Name')),
    text('group', vscode.l10n.t('Group')),
    text('label', vscode.l10n.t('Label')),
    ...('ssh' in entry ? [text('ssh', vscode.l10n.t('ssh Destination'))] : []),
    text('uri', vscode.l10n.t('libvirt URI')),
    flag('readOnly', vscode.l10n.t('Make Read-Only'), vscode.l10n.t('Allow Changes')),
    flag('production', vscode.l10n.t('Mark as Production'), vscode.l10n.t('Mark as Not Production')),
    {
      label: vscode.l10n.t('Open Settings'),
      change: () => {
        openSettings('libvirt.connections').run();
        return undefined;
      },
    },
  ];
}

function withProperty(entry: Entry, key: string, value: unknown): Entry {
  const { [key]: _, ...others } = entry;
  return value === undefined ? others : { ...others, [key]: value };
}
