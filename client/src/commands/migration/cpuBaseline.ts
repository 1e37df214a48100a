/** Libvirt: CPU Baseline of Several Hosts… */
import * as vscode from 'vscode';
import { parseXml } from '../../../../server/src/xml/parse.ts';
import { baselineQuery, editCpu, type Host, readBaseline } from '../../../../virsh/src/index.ts';
import { pickConnection } from '../../connections/pickConnection.ts';
import type { ClientContext } from '../../context.ts';
import { tell, withoutIcons } from '../../notify.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';

export interface BaselineRequest {
  /** Names of connections; asked for where they are left out. */
  readonly connections?: readonly string[];
}

/** Gives the domain in the editor a CPU that each of the chosen hosts has. Whether the document was edited. */
export async function applyCpuBaseline(context: ClientContext, given: unknown): Promise<boolean> {
  const editor = vscode.window.activeTextEditor;
  const text = editor?.document.getText() ?? '';
  const { root, problems } = parseXml(text);
  if (!editor || root?.name !== 'domain' || problems.length > 0) {
    tell('information', vscode.l10n.t('Open the XML of a domain first: its CPU is what the baseline replaces.'));
    return false;
  }
  const [first, ...others] = await pickHosts(context, isRequest(given) ? given.connections : undefined);
  if (!first) return false;
  const version = editor.document.version;
  const baseline = await withProgress(vscode.l10n.t('Computing the CPU baseline'), (signal) =>
    readBaseline([first, ...others], baselineQuery(text), { signal }),
  );
  if (!baseline.ok) {
    report(context, baseline.error);
    return false;
  }
  const edit = editCpu(text, baseline.value);
  if (!edit || editor.document.version !== version) {
    tell('information', vscode.l10n.t('The document has changed meanwhile. Try again.'));
    return false;
  }
  const change = new vscode.WorkspaceEdit();
  for (const { start, end, newText } of edit.edits) {
    const range = new vscode.Range(editor.document.positionAt(start), editor.document.positionAt(end));
    change.replace(editor.document.uri, range, newText);
  }
  const isDone = await vscode.workspace.applyEdit(change);
  const names = [first, ...others].map(({ connection }) => connection.name).join(', ');
  if (!isDone) tell('error', vscode.l10n.t('The document cannot be edited.'));
  else if (edit.dropped.length > 0)
    tell(
      'warning',
      vscode.l10n.t('The CPU is one that {0} have; not all of them have: {1}.', names, edit.dropped.join(', ')),
    );
  return isDone;
}

function isRequest(given: unknown): given is BaselineRequest {
  return typeof given === 'object' && given !== null && 'connections' in given;
}

async function pickHosts(context: ClientContext, names: readonly string[] | undefined): Promise<readonly Host[]> {
  const chosen = names ?? (await askForHosts(context));
  const hosts: Host[] = [];
  for (const name of chosen) {
    const host = await pickConnection(context, name);
    if (!host) return [];
    hosts.push(host);
  }
  return hosts;
}

async function askForHosts({ connections }: ClientContext): Promise<readonly string[]> {
  const items = connections.list().map(({ name }) => ({ label: withoutIcons(name), name }));
  if (items.length === 0) {
    tell(
      'information',
      vscode.l10n.t('There are no connections. Add the hosts that the VM should be able to move between.'),
    );
    return [];
  }
  const placeHolder = vscode.l10n.t('Which hosts should the VM be able to move between?');
  const options = { placeHolder, canPickMany: true, ignoreFocusOut: true } as const;
  return ((await vscode.window.showQuickPick(items, options)) ?? []).map(({ name }) => name);
}
