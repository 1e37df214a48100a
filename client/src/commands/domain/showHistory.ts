/** Libvirt: Show History of a VM's Definition */
import * as vscode from 'vscode';
import { changesBetween } from '../../../../virsh/src/index.ts';
import type { ClientContext } from '../../context.ts';
import { keptAt } from '../../documents/history.ts';
import { hostUri } from '../../documents/hostUri.ts';
import { tell, withoutIcons } from '../../notify.ts';
import type { Target } from '../target.ts';
import { type DomainHere, domainHere } from './domainHere.ts';
import { rollBackDomain } from './rollBackDomain.ts';

interface Kept extends vscode.QuickPickItem {
  readonly kept: string;
}

const ROLL_BACK = { iconPath: new vscode.ThemeIcon('discard'), tooltip: vscode.l10n.t('Roll Back to This') };
const COMPARE = { iconPath: new vscode.ThemeIcon('diff'), tooltip: vscode.l10n.t('Compare with Another') };

/** Lists what was replaced: choosing one compares it with the present definition. Returns how many there are. */
export async function showHistory(context: ClientContext, given?: vscode.Uri | Target): Promise<number | undefined> {
  const here = await domainHere(context, vscode.l10n.t('Show the History of a VM'), given);
  if (!here) return undefined;
  const items = await readItems(context, here);
  if (items.length === 0) {
    tell('information', vscode.l10n.t('Nothing has been replaced yet: {0} has no history.', here.name));
    return 0;
  }
  const picker = vscode.window.createQuickPick<Kept>();
  picker.title = vscode.l10n.t('{0} on {1}: definitions that were replaced', here.name, here.host.connection.name);
  picker.placeholder = vscode.l10n.t('Choose one to compare it with the present definition');
  picker.matchOnDetail = true;
  picker.items = items;
  picker.onDidAccept(() => {
    const [chosen] = picker.selectedItems;
    picker.hide();
    if (chosen) void compare(here, chosen.kept);
  });
  picker.onDidTriggerItemButton(({ item, button }) => {
    picker.hide();
    if (button === ROLL_BACK) void rollBackDomain(context, uriOf(here, item.kept));
    else void compareWithAnother(here, item, items);
  });
  picker.onDidHide(() => picker.dispose());
  picker.show();
  return items.length;
}

/** Each with what was changed when it was replaced. */
async function readItems({ history }: ClientContext, { host, uuid }: DomainHere): Promise<readonly Kept[]> {
  const connection = host.connection.name;
  const files = await history.list(connection, uuid);
  const texts = await Promise.all(files.map((kept) => history.read(connection, uuid, kept)));
  return files.map((kept, index) => {
    const [before, after] = [texts[index], texts[index - 1]];
    const changes = before === undefined || after === undefined ? [] : changesBetween(before, after);
    return {
      kept,
      label: keptAt(kept).toLocaleString(),
      detail: withoutIcons(changes.map(({ message }) => message).join(' ')),
      buttons: [COMPARE, ROLL_BACK],
    };
  });
}

function uriOf({ host, uuid, name }: DomainHere, kept: string): vscode.Uri {
  return hostUri({ connection: host.connection.name, kind: 'history', uuid, name, kept });
}

/** What was kept on the left, the present definition or another kept one on the right. */
async function compare(here: DomainHere, kept: string, other?: string): Promise<void> {
  const { host, uuid, name } = here;
  const connection = host.connection.name;
  const right = other === undefined ? hostUri({ connection, kind: 'definition', uuid, name }) : uriOf(here, other);
  const rightTitle = other === undefined ? vscode.l10n.t('at present') : keptAt(other).toLocaleString();
  const title = vscode.l10n.t('{0}: {1} ↔ {2}', name, keptAt(kept).toLocaleString(), rightTitle);
  await vscode.commands.executeCommand('vscode.diff', uriOf(here, kept), right, title);
}

async function compareWithAnother(here: DomainHere, one: Kept, items: readonly Kept[]): Promise<void> {
  const others = items.filter((item) => item !== one).map((item) => ({ ...item, buttons: [] }));
  const placeHolder = vscode.l10n.t('Compare {0} with which one?', one.label);
  const other = await vscode.window.showQuickPick(others, { placeHolder, ignoreFocusOut: true });
  if (!other) return;
  const [older, newer] = [one.kept, other.kept].sort();
  if (older !== undefined) await compare(here, older, newer);
}
