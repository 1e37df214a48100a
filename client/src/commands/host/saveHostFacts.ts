/** Libvirt: Save Host Facts… */
import * as vscode from 'vscode';
import { FACTS_ENDING, writeFacts } from '../../../../server/src/host/factsFile.ts';
import { readHostFacts } from '../../../../virsh/src/index.ts';
import { pickConnection } from '../../connections/pickConnection.ts';
import type { ClientContext } from '../../context.ts';
import { tell } from '../../notify.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';
import type { Target } from '../target.ts';

export interface SaveRequest extends Target {
  /** Where to; asked for where it is left out. */
  readonly file?: vscode.Uri;
}

/** Takes a snapshot of a host, for checks where the host is out of reach. The file, or undefined where there is none. */
export async function saveHostFacts(
  context: ClientContext,
  request: SaveRequest = {},
): Promise<vscode.Uri | undefined> {
  const host = await pickConnection(context, request.connection);
  if (!host) return undefined;
  const { name } = host.connection;
  const facts = await withProgress(vscode.l10n.t('Reading the facts of {0}', name), (signal) =>
    readHostFacts(host, { signal }),
  );
  if (!facts.ok) {
    report(context, facts.error);
    return undefined;
  }
  const file = request.file ?? (await askForFile(name));
  if (!file) return undefined;
  await vscode.workspace.fs.writeFile(file, Buffer.from(writeFacts(facts.value)));
  await vscode.window.showTextDocument(file);
  offerUse(file);
  return file;
}

function askForFile(name: string): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const fileName = `${name.replaceAll(/[^\w.-]+/g, '-')}${FACTS_ENDING}`;
  return vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save the facts of {0}', name),
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, fileName) }),
    filters: { [vscode.l10n.t('Facts of a libvirt host')]: ['json'] },
  });
}

/** A snapshot is used by whoever names it in the settings. */
function offerUse(file: vscode.Uri): void {
  const settings = vscode.workspace.getConfiguration('libvirt');
  const used = settings.get<readonly string[]>('hostFacts', []);
  const name = vscode.workspace.asRelativePath(file, false);
  if (used.includes(name) || !vscode.workspace.getWorkspaceFolder(file)) return;
  tell('information', vscode.l10n.t('Saved. No passwords and no secrets are in it.'), {
    title: vscode.l10n.t('Check This Workspace by It'),
    run: () => settings.update('hostFacts', [...used, name], vscode.ConfigurationTarget.Workspace),
  });
}
