/** Libvirt: Open Console */
import * as vscode from 'vscode';
import { domain, hasConsole, isPlayground } from '../../../../virsh/src/index.ts';
import { isActive } from '../../connections/states.ts';
import type { ClientContext } from '../../context.ts';
import { tell } from '../../notify.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';
import type { Target } from '../target.ts';
import { pickDomains } from './pickDomains.ts';

/** Consoles that are open, by host and VM: libvirt lets in one at a time. */
const open = new Map<string, vscode.Terminal>();

/** `virsh console` in a terminal, over the connection that everything shares. The terminal, or undefined where there is none to be had. */
export async function openConsole(context: ClientContext, target: Target = {}): Promise<vscode.Terminal | undefined> {
  const [where] = await pickDomains(context, target, undefined, {
    title: vscode.l10n.t('Open the console of a VM'),
    accept: isActive,
    nothing: (host) => vscode.l10n.t('{0} has no VM that runs.', host),
  });
  const [chosen] = where?.domains ?? [];
  if (!where || !chosen) return undefined;
  const { host } = where;
  const key = JSON.stringify([host.connection.name, chosen.uuid]);
  const present = open.get(key);
  if (present && present.exitStatus === undefined) {
    present.show();
    return present;
  }
  const place = `${chosen.name} · ${host.connection.name}`;
  const command = await withProgress(vscode.l10n.t('Opening the console of {0}', chosen.name), async (signal) => {
    const dumped = await host.run(domain.dumpXml(chosen.uuid), { signal });
    if (!dumped.ok) return dumped;
    return hasConsole(dumped.value) ? host.terminal(['console', `--domain=${chosen.uuid}`], { signal }) : undefined;
  });
  if (!command) {
    const message = vscode.l10n.t(
      "{0} has no console. Add <serial type='pty'/> to its devices; it is there at the next start.",
      place,
    );
    tell('warning', message);
    return undefined;
  }
  if (!command.ok) {
    report(context, command.error);
    return undefined;
  }
  const terminal = vscode.window.createTerminal({
    name: place,
    shellPath: command.value.executable,
    shellArgs: [...command.value.args],
    iconPath: new vscode.ThemeIcon('terminal'),
    env: { LC_ALL: 'C.UTF-8' },
    message: [
      vscode.l10n.t('Console of {0}. Ctrl+] leaves it, or closing the terminal. Press Enter to see a prompt.', place),
      // It lets in one client at a time, and the console is one.
      ...(isPlayground(host.connection.uri)
        ? [vscode.l10n.t('Nothing else can be done in the playground while it is open.')]
        : []),
    ].join('\r\n'),
    // The guest's console ends with the window: there is nothing to bring back.
    isTransient: true,
  });
  open.set(key, terminal);
  terminal.show();
  return terminal;
}
