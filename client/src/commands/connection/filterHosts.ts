/** Libvirt: Filter Hosts and VMs… */
import * as vscode from 'vscode';
import type { ClientContext } from '../../context.ts';

/** Shows only what fits a text, while it is typed; Escape leaves all as it was. A text that is given is taken without asking. */
export async function filterHosts({ hostsView }: ClientContext, text?: string): Promise<void> {
  if (typeof text === 'string') {
    hostsView.setFilter(text);
    return;
  }
  const before = hostsView.tree.filterText;
  const box = vscode.window.createInputBox();
  Object.assign(box, {
    title: vscode.l10n.t('Filter Hosts and VMs'),
    placeholder: vscode.l10n.t('Words in the name or the state of a VM, or in the name, group or label of a host'),
    value: before,
  });
  const accepted = await new Promise<boolean>((resolve) => {
    box.onDidChangeValue((typed) => hostsView.setFilter(typed));
    box.onDidAccept(() => resolve(true));
    box.onDidHide(() => resolve(false));
    box.show();
  });
  if (!accepted) hostsView.setFilter(before);
  box.dispose();
}
