/** Libvirt: Add Connection… */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { readConnection } from '../../../../virsh/src/index.ts';
import { addEntry, type Entry, findEntry } from '../../connections/setting.ts';
import type { ClientContext } from '../../context.ts';
import { withoutIcons } from '../../notify.ts';

/** Asks where libvirt is and what to call it, and writes that to the settings. The name, or undefined where the user turned away. */
export async function addConnection({ hostsView }: ClientContext, given?: Entry): Promise<string | undefined> {
  const entry = given && readConnection(given).ok ? given : await askForEntry();
  const read = entry && readConnection(entry);
  if (!entry || !read?.ok) return undefined;
  const { name } = read.value;
  await addEntry(entry);
  await hostsView.show(name);
  return name;
}

async function askForEntry(): Promise<Entry | undefined> {
  const place = await askForPlace();
  if (place === undefined) return undefined;
  const way = toEntry(place);
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Add a Connection (2/2)'),
    prompt: vscode.l10n.t('What do you call it?'),
    value: place,
    ignoreFocusOut: true,
    validateInput: (typed) => {
      if (findEntry(typed)) return vscode.l10n.t('There is already a connection called "{0}".', typed);
      const read = readConnection({ ...way, name: typed });
      return read.ok ? undefined : read.error;
    },
  });
  return name === undefined ? undefined : { name, ...way };
}

/** A URI is a URI; anything else is a place for ssh. */
export function toEntry(place: string): Entry {
  return place.includes('://') ? { uri: place } : { ssh: place };
}

/** Typed, or chosen from the names in the user's ssh configuration. */
function askForPlace(): Promise<string | undefined> {
  const picker = vscode.window.createQuickPick();
  const known: vscode.QuickPickItem[] = [
    ...knownHosts().map((label) => ({ label, description: vscode.l10n.t('from your ssh configuration') })),
    { label: 'qemu:///system', description: vscode.l10n.t('this machine, its own VMs') },
    { label: 'qemu:///session', description: vscode.l10n.t('this machine, VMs of your account') },
  ];
  Object.assign(picker, {
    title: vscode.l10n.t('Add a Connection (1/2)'),
    placeholder: vscode.l10n.t('user@host for ssh, or a libvirt URI such as qemu+ssh://user@host/system'),
    ignoreFocusOut: true,
    items: known,
  });
  return new Promise((resolve) => {
    picker.onDidChangeValue((typed) => {
      const value = typed.trim();
      const read = readConnection(toEntry(value));
      const own = { label: withoutIcons(value), description: read.ok ? '' : read.error, alwaysShow: true };
      picker.items = value === '' ? known : [own, ...known];
    });
    picker.onDidAccept(() => {
      // The list may lag behind what is typed.
      const [chosen] = picker.activeItems;
      const place = chosen && known.includes(chosen) ? chosen.label : picker.value.trim();
      if (!readConnection(toEntry(place)).ok) return;
      resolve(place);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

/** Names that ~/.ssh/config gives hosts, without patterns. */
function knownHosts(): readonly string[] {
  try {
    const text = readFileSync(path.join(os.homedir(), '.ssh', 'config'), 'utf8');
    const names = [...text.matchAll(/^\s*Host\s+(.+)$/gim)].flatMap(([, list = '']) => list.trim().split(/\s+/));
    return [...new Set(names.filter((name) => /^[\w@.-]+$/.test(name)))];
  } catch {
    return [];
  }
}
