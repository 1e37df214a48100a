/** Libvirt: Attach, Detach, Update the Device at the Cursor */
import * as vscode from 'vscode';
import {
  type DeviceAction,
  type DeviceAt,
  type DeviceScope,
  type DeviceVerdict,
  type DomainEntry,
  deviceAt,
  type Host,
  runDeviceChange,
} from '../../../../virsh/src/index.ts';
import { isActive } from '../../connections/states.ts';
import type { ClientContext } from '../../context.ts';
import { tell } from '../../notify.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';
import { lateCancelling } from '../../tooLate.ts';
import type { Target } from '../target.ts';
import { confirmDeed, type GivenAnswers, refusesChanges } from './confirmDeed.ts';
import { deviceDomain } from './deviceDomain.ts';

export interface DeviceRequest extends Target, GivenAnswers {
  readonly scope?: DeviceScope;
}

/** Changes one device of the VM that a document is about. The verdict on each place, or undefined where nothing was done. */
export async function changeDevice(
  context: ClientContext,
  action: DeviceAction,
  given: unknown,
): Promise<readonly DeviceVerdict[] | undefined> {
  // From a menu of the editor comes its address; from a test or another command what is asked for otherwise.
  const request: DeviceRequest =
    given instanceof vscode.Uri || typeof given !== 'object' || given === null ? {} : given;
  const editor = vscode.window.activeTextEditor;
  const device = editor && deviceAt(editor.document.getText(), editor.document.offsetAt(editor.selection.active));
  if (!editor || !device) {
    tell('information', vscode.l10n.t('Put the cursor into a device of a domain first: a disk, an interface, …'));
    return undefined;
  }
  const found = await deviceDomain(context, request, editor.document, device);
  if (!found || refusesChanges(found)) return undefined;
  const { host, domain } = found;
  const scope = request.scope ?? (await pickScope(action, device, host, domain));
  if (!scope) return undefined;
  if (action === 'detach' && scope !== 'config') {
    const detail = vscode.l10n.t(
      '<{0}> is pulled out of the running guest. Data that is on its way to it may be lost.',
      device.element,
    );
    const where = [{ host, domains: [domain] }];
    if (
      !(await confirmDeed(
        where,
        { verb: vscode.l10n.t('Detach'), act: vscode.l10n.t('Detach <{0}> from', device.element), detail },
        request,
      ))
    )
      return undefined;
  }
  const { onTooLate, tellDone } = lateCancelling(domain.name);
  const changed = await withProgress(progressTitle(action, device, domain.name), (signal) =>
    runDeviceChange(host, { action, uuid: domain.uuid, xml: device.xml, scope }, { signal, onTooLate }),
  );
  if (!changed.ok) {
    report(context, changed.error, editor.document.uri);
    return undefined;
  }
  tellVerdicts(action, device, domain.name, host.connection.name, changed.value, tellDone);
  return changed.value;
}

interface Choice extends vscode.QuickPickItem {
  readonly scope: DeviceScope;
}

/** A guest that is off has its definition only, and a transient one only runs; libvirt says so of the latter. */
async function pickScope(
  action: DeviceAction,
  { element }: DeviceAt,
  host: Host,
  { name, state }: DomainEntry,
): Promise<DeviceScope | undefined> {
  if (!isActive(state)) return 'config';
  const choices: Choice[] = [
    {
      label: vscode.l10n.t('Now and at the next start'),
      description: vscode.l10n.t('running guest and definition'),
      scope: 'both',
    },
    { label: vscode.l10n.t('Now only'), description: vscode.l10n.t('running guest, until it is off'), scope: 'live' },
    {
      label: vscode.l10n.t('At the next start only'),
      description: vscode.l10n.t('definition; the running guest stays as it is'),
      scope: 'config',
    },
  ];
  const titles: Readonly<Record<DeviceAction, string>> = {
    attach: vscode.l10n.t('Attach <{0}> to {1} on {2}', element, name, host.connection.name),
    detach: vscode.l10n.t('Detach <{0}> from {1} on {2}', element, name, host.connection.name),
    update: vscode.l10n.t('Update <{0}> of {1} on {2}', element, name, host.connection.name),
  };
  return (await vscode.window.showQuickPick(choices, { title: titles[action], ignoreFocusOut: true }))?.scope;
}

function progressTitle(action: DeviceAction, { element }: DeviceAt, name: string): string {
  if (action === 'attach') return vscode.l10n.t('Attaching <{0}> to {1}', element, name);
  if (action === 'detach') return vscode.l10n.t('Detaching <{0}> from {1}', element, name);
  return vscode.l10n.t('Updating <{0}> of {1}', element, name);
}

function tellVerdicts(
  action: DeviceAction,
  { element }: DeviceAt,
  name: string,
  host: string,
  verdicts: readonly DeviceVerdict[],
  tellDone: (message: string) => void,
): void {
  const missed = verdicts.filter(({ isDone }) => !isDone);
  const remarks = verdicts.flatMap((verdict) => verdict.remarks);
  const place = vscode.l10n.t('<{0}> of {1} on {2}', element, name, host);
  if (missed.length === 0 && remarks.length === 0) {
    tellDone(vscode.l10n.t('{0}: done, and seen to be so.', place));
    return;
  }
  const sentences = [...missed.map((verdict) => missedSentence(action, verdict)), ...new Set(remarks)];
  tell('warning', `${place}: ${sentences.join(' ')}`);
}

function missedSentence(action: DeviceAction, { place }: DeviceVerdict): string {
  if (place === 'config') return vscode.l10n.t('libvirt agreed, but the definition does not show it.');
  return action === 'detach'
    ? vscode.l10n.t(
        'the guest still has it: its system has not let it go (it may be in use there, or the system does not know hot-unplugging).',
      )
    : vscode.l10n.t('libvirt agreed, but the running guest does not show it.');
}
