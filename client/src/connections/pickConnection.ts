/** Which connection a command goes to. */
import * as vscode from 'vscode';
import type { Connection, Host } from '../../../virsh/src/index.ts';
import type { ClientContext } from '../context.ts';
import { tell, withoutIcons } from '../notify.ts';
import { withProgress } from '../progress.ts';

interface Choice extends vscode.QuickPickItem {
  readonly name: string;
  readonly open: () => Host | Promise<Host>;
}

/** Asks for a connection; a name decides without asking. `likely` stands first. Undefined: the user turned away, or there is none (which was told). */
export async function pickConnection(
  { connections }: Pick<ClientContext, 'connections'>,
  name?: string,
  placeHolder = vscode.l10n.t('Which connection?'),
  likely?: string,
): Promise<Host | undefined> {
  connections.tellProblems();
  const choices: Choice[] = connections.list().map((connection) => ({
    ...labels(connection.name, 'server', place(connection)),
    open: () => connections.host(connection),
  }));
  if (connections.isUnconfigured || connections.hasPlayground) {
    choices.push({
      ...labels(vscode.l10n.t('Playground'), 'beaker', vscode.l10n.t('to try things without a host')),
      open: () => withProgress(vscode.l10n.t('Opening the playground'), () => connections.playground()),
    });
  }
  if (choices.length === 0) return undefined;
  if (name !== undefined) {
    const exact = choices.find((choice) => choice.name === name);
    if (!exact) tell('error', vscode.l10n.t('There is no connection called "{0}".', name));
    return exact?.open();
  }
  choices.sort((a, b) => Number(b.name === likely) - Number(a.name === likely));
  const chosen = await vscode.window.showQuickPick(choices, {
    placeHolder,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return chosen?.open();
}

function place(connection: Connection): string {
  return connection.kind === 'ssh' ? `ssh ${connection.target}` : connection.uri;
}

function labels(name: string, icon: string, description: string) {
  return { name, label: withoutIcons(name), description, iconPath: new vscode.ThemeIcon(icon) };
}
