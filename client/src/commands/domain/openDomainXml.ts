/** Libvirt: Open VM's XML from Host */
import * as vscode from 'vscode';
import type { DomainEntry } from '../../../../virsh/src/index.ts';
import { pickConnection } from '../../connections/pickConnection.ts';
import { pickDomain } from '../../connections/pickDomain.ts';
import { isActive } from '../../connections/states.ts';
import type { ClientContext } from '../../context.ts';
import { hostUri } from '../../documents/hostUri.ts';
import type { Target } from '../target.ts';

type Which = 'definition' | 'live';

export interface OpenRequest extends Target {
  /** Which XML of a running guest; asked for where it is left out. */
  readonly which?: Which;
}

/** Opens a VM's definition, which saving defines, or the XML of the running guest read-only. */
export async function openDomainXml(
  context: ClientContext,
  request: OpenRequest = {},
): Promise<vscode.TextDocument | undefined> {
  const host = await pickConnection(context, request.connection);
  if (!host) return undefined;
  const connection = host.connection.name;
  const chosen = await pickDomain(context, host, {
    title: vscode.l10n.t("Open a VM's XML"),
    nothing: vscode.l10n.t('{0} has no VMs.', connection),
    name: request.domain,
  });
  const which = chosen && (request.which ?? (await pickWhich(chosen)));
  if (!chosen || !which) return undefined;
  const uri = hostUri({ connection, kind: which, uuid: chosen.uuid, name: chosen.name });
  await context.hostDocuments.renew(uri);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** A guest that is off has one XML only. */
async function pickWhich({ name, state }: DomainEntry): Promise<Which | undefined> {
  if (!isActive(state)) return 'definition';
  const choices: (vscode.QuickPickItem & { which: Which })[] = [
    {
      label: vscode.l10n.t('Definition'),
      description: vscode.l10n.t('what the next start will use; saving defines it'),
      which: 'definition',
    },
    { label: vscode.l10n.t('Live XML'), description: vscode.l10n.t('what runs now, read-only'), which: 'live' },
  ];
  const placeHolder = vscode.l10n.t('{0} is running: which XML?', name);
  return (await vscode.window.showQuickPick(choices, { placeHolder, ignoreFocusOut: true }))?.which;
}
