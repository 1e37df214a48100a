/** Libvirt: Rename VM… */
import * as vscode from 'vscode';
import { listDomains, renameDomain as rename } from '../../../../virsh/src/index.ts';
import { isActive } from '../../connections/states.ts';
import type { ClientContext } from '../../context.ts';
import { mention } from '../../notify.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';
import type { Target } from '../target.ts';
import { refusesChanges } from './confirmDeed.ts';
import { pickDomains } from './pickDomains.ts';

export interface RenameRequest extends Target {
  readonly newName?: string;
}

/** Gives a VM that is off another name. True when it has it. */
export async function renameDomain(context: ClientContext, request: RenameRequest = {}): Promise<boolean> {
  const [where] = await pickDomains(context, request, undefined, {
    title: vscode.l10n.t('Rename a VM'),
    accept: (state) => !isActive(state),
    nothing: (host) => vscode.l10n.t('{0} has no VM that is off; libvirt renames no other.', host),
  });
  const [chosen] = where?.domains ?? [];
  if (!where || !chosen || refusesChanges(where)) return false;
  const { host } = where;
  const listed = await withProgress(vscode.l10n.t('Asking {0}', host.connection.name), (signal) =>
    listDomains(host, { signal }),
  );
  if (!listed.ok) {
    report(context, listed.error);
    return false;
  }
  const taken = new Set(listed.value.map(({ name }) => name));
  const newName =
    request.newName ??
    (await vscode.window.showInputBox({
      title: vscode.l10n.t('Another name for {0} on {1}', chosen.name, host.connection.name),
      prompt: vscode.l10n.t('Disks, files and the name inside the guest stay as they are.'),
      value: chosen.name,
      ignoreFocusOut: true,
      validateInput: (name) => objection(name, chosen.name, taken),
    }));
  if (newName === undefined) return false;
  const renamed = await withProgress(vscode.l10n.t('Renaming {0}', chosen.name), (signal) =>
    rename(host, chosen.uuid, newName, { signal }),
  );
  if (renamed.ok) mention(vscode.l10n.t('{0} on {1} is called {2} now.', chosen.name, host.connection.name, newName));
  else report(context, renamed.error);
  return renamed.ok;
}

/** The empty text lets nothing be accepted, and says nothing. */
function objection(name: string, old: string, taken: ReadonlySet<string>): string | undefined {
  if (name === old) return '';
  if (name.trim() === '') return vscode.l10n.t('A VM needs a name.');
  if (/[/\r\n]/.test(name)) return vscode.l10n.t('libvirt takes no slash and no line break in a name.');
  return taken.has(name) ? vscode.l10n.t('There is a VM called {0} already.', name) : undefined;
}
