/** Libvirt: Open Screen, Show Screenshot, Show Use of the Host: what shows a guest in a tab */
import * as vscode from 'vscode';
import { isActive } from '../../connections/states.ts';
import type { ClientContext } from '../../context.ts';
import type { Guest } from '../../screen/panels.ts';
import { showScreen } from '../../screen/screenPanel.ts';
import { showScreenshot } from '../../screen/screenshotPanel.ts';
import { showStats } from '../../stats/statsPanel.ts';
import type { Target } from '../target.ts';
import { pickDomains } from './pickDomains.ts';

export async function openScreen(context: ClientContext, target: Target = {}): Promise<boolean> {
  const guest = await pickGuest(context, target, vscode.l10n.t('Open the screen of a VM'));
  if (guest) showScreen(context, guest);
  return guest !== undefined;
}

export async function openScreenshot(context: ClientContext, target: Target = {}): Promise<boolean> {
  const guest = await pickGuest(context, target, vscode.l10n.t('Show a picture of the screen of a VM'));
  if (guest) showScreenshot(context, guest);
  return guest !== undefined;
}

export async function openStats(context: ClientContext, target: Target = {}): Promise<boolean> {
  const guest = await pickGuest(context, target, vscode.l10n.t('Show what a VM uses of its host'));
  if (guest) showStats(context, guest);
  return guest !== undefined;
}

async function pickGuest(context: ClientContext, target: Target, title: string): Promise<Guest | undefined> {
  const [where] = await pickDomains(context, target, undefined, {
    title,
    accept: isActive,
    nothing: (host) => vscode.l10n.t('{0} has no VM that runs.', host),
  });
  const [chosen] = where?.domains ?? [];
  return where && chosen && { host: where.host, uuid: chosen.uuid, name: chosen.name };
}
