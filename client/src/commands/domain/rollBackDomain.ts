/** Libvirt: Roll Back to This Definition */
import * as vscode from 'vscode';
import { pickConnection } from '../../connections/pickConnection.ts';
import type { ClientContext } from '../../context.ts';
import { readHostUri } from '../../documents/hostUri.ts';
import { tell } from '../../notify.ts';
import type { DefineOutcome, DefineRequest } from './defineDomain.ts';
import { defineText } from './defineFlow.ts';
import { reportDefined } from './defineReport.ts';

/** Defines a kept definition again: previewed, and with a backup of what it replaces, like every definition. */
export async function rollBackDomain(
  context: ClientContext,
  uri: vscode.Uri | undefined = vscode.window.activeTextEditor?.document.uri,
  { confirm = false }: Pick<DefineRequest, 'confirm'> = {},
): Promise<DefineOutcome> {
  const place = uri && readHostUri(uri);
  if (!uri || place?.kind !== 'history') {
    tell('error', vscode.l10n.t("Open a definition out of a VM's history first."));
    return { status: 'not-sent' };
  }
  const host = await pickConnection(context, place.connection);
  if (!host) return { status: 'not-sent' };
  const document = await vscode.workspace.openTextDocument(uri);
  const draft = { document, version: document.version, text: document.getText() };
  const outcome = await defineText(context, host, draft, confirm);
  if (outcome.status === 'failed') return { status: 'failed', kind: outcome.failure.kind };
  if (outcome.status !== 'defined' && outcome.status !== 'unread') return { status: 'not-sent' };
  await context.hostDocuments.refresh(place.connection);
  if (outcome.status === 'unread') return { status: 'failed', kind: outcome.failure.kind };
  return reportDefined(context, draft, place.connection, outcome);
}
