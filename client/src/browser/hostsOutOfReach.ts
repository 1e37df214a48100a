/** Hosts are reached with virsh and ssh, which a browser cannot start: the view and the commands say so. */
import * as vscode from 'vscode';
import { tell } from '../notify.ts';

/** Speaks for every view of the manifest, and for every command of it that nobody else has registered by now. */
export async function explainHostsOutOfReach({ subscriptions, extension }: vscode.ExtensionContext): Promise<void> {
  void vscode.commands.executeCommand('setContext', 'libvirt.noHostsBecause', 'browser');
  const { views, commands } = extension.packageJSON.contributes;
  const nothing: vscode.TreeDataProvider<never> = { getChildren: () => [], getTreeItem: (element) => element };
  for (const { id } of Object.values<{ id: string }[]>(views).flat())
    subscriptions.push(vscode.window.registerTreeDataProvider(id, nothing));
  const known = new Set(await vscode.commands.getCommands());
  for (const { command } of commands as { command: string }[])
    if (!known.has(command)) subscriptions.push(vscode.commands.registerCommand(command, explain));
}

function explain(): void {
  tell(
    'information',
    vscode.l10n.t(
      'Hosts are reached with virsh and ssh, which a browser cannot start. Open this folder in VS Code on the desktop, or in a remote window.',
    ),
  );
}
