/** Nothing is executed in a workspace that the user has not trusted. */
import * as vscode from 'vscode';
import { tell } from './notify.ts';

/** True where commands may run; says why not where they may not. */
export function mayExecute(): boolean {
  if (vscode.workspace.isTrusted) return true;
  tell(
    'warning',
    vscode.l10n.t('VMs are out of reach until this workspace is trusted: its settings name programs to run.'),
    {
      title: vscode.l10n.t('Manage Workspace Trust'),
      run: () => vscode.commands.executeCommand('workbench.trust.manage'),
    },
  );
  return false;
}
