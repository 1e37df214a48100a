/** Which pools and networks of another host take the place of the source's: those of the same name, else the user's choice. */
import * as vscode from 'vscode';
import { roundedSize } from '../../../../server/src/domain/sizes.ts';
import {
  type CloneSource,
  type CloneTarget,
  type Destination,
  type NetworkPlace,
  networkKey,
  placeByName,
  placeText,
} from '../../../../virsh/src/index.ts';
import { tell, withoutIcons } from '../../notify.ts';

/** Asks for what has no namesake there. Undefined: the user turned away, or the host has nothing to choose (which was told). */
export async function choosePlacement(source: CloneSource, target: CloneTarget): Promise<Destination | undefined> {
  const { placement, open } = placeByName(source, target);
  const pools = new Map(placement.pools);
  const networks = new Map(placement.networks);
  for (const need of open.pools) {
    const pool = await choosePool(need, target);
    if (pool === undefined) return undefined;
    pools.set(need, pool);
  }
  for (const place of open.networks) {
    const chosen = await chooseNetwork(place, target);
    if (!chosen) return undefined;
    networks.set(networkKey(place), chosen);
  }
  return { target, placement: { pools, networks } };
}

async function choosePool(need: string, { name, pools }: CloneTarget): Promise<string | undefined> {
  if (pools.size === 0) {
    const message = vscode.l10n.t(
      '{0} has no active storage pool that takes files. Make one there first: virsh pool-create-as NAME dir --target DIRECTORY',
      name,
    );
    tell('error', message);
    return undefined;
  }
  const items = [...pools.values()].map((pool) => ({
    label: withoutIcons(pool.name),
    description: pool.path ?? '',
    detail: pool.available === undefined ? '' : vscode.l10n.t('{0} free', roundedSize(pool.available)),
    pool: pool.name,
  }));
  const placeHolder = vscode.l10n.t('{0} has no {1}: which storage pool takes the disks from there?', name, need);
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true, ignoreFocusOut: true }))
    ?.pool;
}

async function chooseNetwork(from: NetworkPlace, { name, networks }: CloneTarget): Promise<NetworkPlace | undefined> {
  const bridge = vscode.l10n.t('A Bridge…');
  const items = [
    ...networks.map((network) => ({
      label: withoutIcons(network),
      description: vscode.l10n.t('network'),
      place: { type: 'network', name: network } satisfies NetworkPlace,
    })),
    { label: bridge, description: '', place: undefined },
  ];
  const placeHolder = vscode.l10n.t('{0} does not have {1}: where is the interface plugged in?', name, placeText(from));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder, ignoreFocusOut: true });
  if (!chosen || chosen.place) return chosen?.place;
  const prompt = vscode.l10n.t('Name of the bridge on {0}', name);
  const typed = (await vscode.window.showInputBox({ prompt, ignoreFocusOut: true }))?.trim();
  return typed ? { type: 'bridge', name: typed } : undefined;
}
