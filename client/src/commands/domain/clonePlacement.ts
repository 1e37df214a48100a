/** Which pools, directories and networks of another host take the place of the source's: those of the same name, else the user's choice. */
import * as vscode from 'vscode';
import { roundedSize } from '../../../../server/src/domain/sizes.ts';
import {
  type CloneSource,
  type CloneTarget,
  type Destination,
  directoryForPool,
  type Host,
  type NetworkPlace,
  networkKey,
  placeByName,
  placeText,
  readTargetDirectory,
  type TargetDirectory,
} from '../../../../virsh/src/index.ts';
import type { ClientContext } from '../../context.ts';
import { withoutIcons } from '../../notify.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';

interface Asking {
  readonly context: ClientContext;
  /** The one that the clone goes to. */
  readonly host: Host;
  readonly source: CloneSource;
}

/** Asks for what has no namesake there. Undefined: the user turned away. */
export async function choosePlacement(asking: Asking, known: CloneTarget): Promise<Destination | undefined> {
  const { placement, open } = placeByName(asking.source, known);
  let target = known;
  const pools = new Map(placement.pools);
  const networks = new Map(placement.networks);
  for (const need of open.pools) {
    const chosen = await choosePool(asking, need, target);
    if (chosen === undefined) return undefined;
    pools.set(need, chosen.pool);
    target = chosen.target;
  }
  for (const place of open.networks) {
    const chosen = await chooseNetwork(place, target);
    if (!chosen) return undefined;
    networks.set(networkKey(place), chosen);
  }
  return { target, placement: { pools, networks } };
}

async function choosePool(asking: Asking, need: string, target: CloneTarget): Promise<TargetDirectory | undefined> {
  const { name, pools, temporaryPools } = target;
  const items = [
    ...[...pools.values()].map((pool) => ({
      label: withoutIcons(temporaryPools.find((one) => one.name === pool.name)?.directory ?? pool.name),
      description: pool.path ?? '',
      detail: pool.available === undefined ? '' : vscode.l10n.t('{0} free', roundedSize(pool.available)),
      pool: pool.name,
    })),
    { label: vscode.l10n.t('A Directory…'), description: vscode.l10n.t('of {0}, in no storage pool', name) },
  ];
  const placeHolder = vscode.l10n.t('{0} has no {1}: which storage pool takes the disks from there?', name, need);
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (!chosen) return undefined;
  if ('pool' in chosen) return { target, pool: chosen.pool };
  // Where it lies on the source's host, if that is a directory.
  return askDirectory(asking, target, directoryForPool(asking.source.pools.get(need)?.path ?? need) ?? '');
}

/** Asks again where the host has no such directory, which is said. */
async function askDirectory(
  { context, host }: Asking,
  target: CloneTarget,
  suggestion: string,
): Promise<TargetDirectory | undefined> {
  for (let value = suggestion; ; ) {
    const prompt = vscode.l10n.t('Directory on {0}, which exists there', target.name);
    const typed = await vscode.window.showInputBox({ prompt, value, ignoreFocusOut: true });
    if (typed === undefined) return undefined;
    const read = await withProgress(vscode.l10n.t('Looking at {0}', typed), (signal) =>
      readTargetDirectory(host, target, typed, { signal }),
    );
    if (read.ok) return read.value;
    report(context, read.error);
    if (read.error.kind === 'cancelled') return undefined;
    value = typed;
  }
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
