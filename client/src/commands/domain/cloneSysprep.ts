/** virt-sysprep, which gives a guest an identity of its own: offered where the host has it, started only after a yes, where it can be watched. */
import * as vscode from 'vscode';
import type { DomainIdentity, Host } from '../../../../virsh/src/index.ts';
import { type Action, confirm } from '../../notify.ts';

/** Undefined where the host does not have it, or cannot be asked. */
export async function sysprepOf(host: Host, { name, uuid }: DomainIdentity): Promise<Action | undefined> {
  const { connection } = host;
  const found = await host.program('virt-sysprep', ['--connect', connection.uri, '--domain', uuid]);
  const command = found.ok ? found.value : undefined;
  if (!command) return undefined;
  const run = async (): Promise<void> => {
    const verb = vscode.l10n.t('Run virt-sysprep');
    const question = vscode.l10n.t(
      'Remove from "{0}" on "{1}" what makes its guest the source?',
      name,
      connection.name,
    );
    const detail = vscode.l10n.t(
      'virt-sysprep changes the disks of the clone: SSH host keys, machine ID, logs, DHCP leases, accounts of package managers and more are removed. The VM has to stay off meanwhile.',
    );
    if (!(await confirm(question, verb, detail))) return;
    const terminal = vscode.window.createTerminal({
      name: `virt-sysprep ${name} · ${connection.name}`,
      shellPath: command.executable,
      shellArgs: [...command.args],
      env: { LC_ALL: 'C.UTF-8' },
      isTransient: true,
    });
    terminal.show();
  };
  return { title: vscode.l10n.t('Run virt-sysprep…'), run };
}
