/** What the user is asked on the way to a migration: little, with answers that are safe. */
import * as vscode from 'vscode';
import type { Connection, MigrationOrder, MigrationWay } from '../../../../virsh/src/index.ts';
import { destinationOf } from '../../../../virsh/src/index.ts';
import { withoutIcons } from '../../notify.ts';

/** Answers about how a VM moves. */
export interface MigrationChoices extends Pick<MigrationOrder, 'way' | 'isUndefinedAtSource'> {
  /** Copy the disks that the hosts do not share. */
  readonly isCopying: boolean;
  readonly isThrottled: boolean;
  /** `tcp://ADDRESS`: where the data go, in place of the target's own name. */
  readonly dataUri?: string;
  /** MiB a second at most. */
  readonly bandwidth?: number;
}

interface Choice extends vscode.QuickPickItem {
  readonly key: 'undefine' | 'copy' | 'throttle' | 'peer' | 'tunnel' | 'address' | 'bandwidth';
}

export interface Suggested {
  readonly isActive: boolean;
  /** The source may lose the definition. */
  readonly canUndefine: boolean;
  /** There are disks that could be copied along. */
  readonly canCopy: boolean;
  /** The target does not have them yet. */
  readonly needsCopy: boolean;
}

/** Undefined: the user turned away. */
export async function askChoices(title: string, suggested: Suggested): Promise<MigrationChoices | undefined> {
  const items = choices(suggested);
  const chosen = await vscode.window.showQuickPick(items, {
    title: withoutIcons(title),
    placeHolder: vscode.l10n.t('How is it to move? What is ticked suits most.'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (!chosen) return undefined;
  const has = (key: Choice['key']): boolean => chosen.some((choice) => choice.key === key);
  const dataUri = has('address') ? await askAddress() : '';
  if (dataUri === undefined) return undefined;
  const bandwidth = has('bandwidth') ? await askBandwidth() : '';
  if (bandwidth === undefined) return undefined;
  return {
    way: has('tunnel') ? 'tunnel' : has('peer') ? 'peer' : 'direct',
    isUndefinedAtSource: has('undefine'),
    isCopying: has('copy'),
    isThrottled: has('throttle'),
    ...(dataUri === '' ? {} : { dataUri }),
    ...(bandwidth === '' ? {} : { bandwidth: Number(bandwidth) }),
  };
}

function choices({ isActive, canUndefine, canCopy, needsCopy }: Suggested): readonly Choice[] {
  const undefine: Choice = {
    key: 'undefine',
    picked: true,
    label: vscode.l10n.t('Remove the definition from the source'),
    detail: vscode.l10n.t('A copy is kept. Two definitions with one identity invite to starting both.'),
  };
  const copy: Choice = {
    key: 'copy',
    picked: needsCopy,
    label: vscode.l10n.t('Copy the disks along'),
    detail: vscode.l10n.t('For disks on storage that the hosts do not share. Those on the source stay there.'),
  };
  const throttle: Choice = {
    key: 'throttle',
    picked: true,
    label: vscode.l10n.t('Slow the guest down if it must be'),
    detail: vscode.l10n.t('A guest that changes its memory faster than it can be sent never arrives otherwise.'),
  };
  const live: Choice[] = [
    ...(canCopy ? [copy] : []),
    throttle,
    {
      key: 'tunnel',
      label: vscode.l10n.t('Send the data through libvirt’s own connection'),
      detail: vscode.l10n.t('As safe as that connection, needs no further ports; slower. Not with copied disks.'),
    },
    {
      key: 'address',
      label: vscode.l10n.t('Name the address for the data…'),
      detail: vscode.l10n.t(
        'Where the source does not reach the target under its own name, or another network is to be used.',
      ),
    },
    { key: 'bandwidth', label: vscode.l10n.t('Limit the bandwidth…') },
  ];
  return [
    ...(canUndefine ? [undefine] : []),
    ...(isActive ? live : []),
    {
      key: 'peer',
      label: vscode.l10n.t('Let the source’s libvirt speak with the target'),
      detail: vscode.l10n.t('It goes on when this connection breaks; the account of libvirt there has to be let in.'),
    },
  ];
}

function askAddress(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Address for the data'),
    prompt: vscode.l10n.t('As the source sees the target, for example tcp://10.0.0.7'),
    value: 'tcp://',
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^(?:tcp|rdma):\/\/\S+$|^unix:\/\S+$/.test(text) ? undefined : vscode.l10n.t('tcp:// and an address.'),
  });
}

function askBandwidth(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Bandwidth'),
    prompt: vscode.l10n.t('MiB a second at most'),
    ignoreFocusOut: true,
    validateInput: (text) => (/^[1-9]\d{0,6}$/.test(text) ? undefined : vscode.l10n.t('A whole number, from 1.')),
  });
}

/** The URI of the target; asked for where the one that is known here may not lead there. Undefined: the user turned away. */
export async function askDestination(
  source: Connection,
  target: Connection,
  way: MigrationWay,
): Promise<string | undefined> {
  const { uri, isCertain } = destinationOf(source, target, way);
  if (isCertain) return uri;
  return vscode.window.showInputBox({
    title: vscode.l10n.t('How does {0} reach {1}?', source.name, target.name),
    prompt: vscode.l10n.t(
      'The libvirt URI of {1}, with an account and an address that are known on {0}',
      source.name,
      target.name,
    ),
    value: uri,
    placeHolder: 'qemu+ssh://root@host/system',
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^[a-z][a-z0-9]*(\+[a-z0-9]+)?:\/\/\S+$/i.test(text)
        ? undefined
        : vscode.l10n.t('A libvirt URI such as qemu+ssh://root@host/system'),
  });
}
