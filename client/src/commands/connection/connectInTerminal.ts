/** Libvirt: Connect in a Terminal */
import * as vscode from 'vscode';
import { pickConnection } from '../../connections/pickConnection.ts';
import type { ClientContext } from '../../context.ts';
import { report } from '../../report.ts';
import type { Target } from '../target.ts';

/**
 * Lets the user's own ssh ask its questions where they can be answered: host keys, passwords, second factors. What follows shares its connection.
 * A way without ssh is tried with virsh itself. The terminal, or undefined where there is none to open.
 */
export async function connectInTerminal(
  context: ClientContext,
  target: Target = {},
): Promise<vscode.Terminal | undefined> {
  const host = await pickConnection(context, target.connection);
  if (!host) return undefined;
  const { name } = host.connection;
  let command = host.login();
  if (!command) {
    const virsh = await host.terminal(['version']);
    if (!virsh.ok) {
      report(context, virsh.error);
      return undefined;
    }
    command = virsh.value;
  }
  const terminal = vscode.window.createTerminal({
    name: vscode.l10n.t('Connect {0}', name),
    shellPath: command.executable,
    shellArgs: [...command.args],
    isTransient: true,
  });
  const closing = vscode.window.onDidCloseTerminal((closed) => {
    if (closed !== terminal) return;
    closing.dispose();
    void context.hosts.refresh(name);
  });
  context.extension.subscriptions.push(closing);
  terminal.show();
  return terminal;
}
