/** Libvirt: Define VM from This File */
import * as vscode from 'vscode';
import type { VirshFailure } from '../../../../virsh/src/index.ts';
import { pickConnection } from '../../connections/pickConnection.ts';
import type { ClientContext } from '../../context.ts';
import { tell } from '../../notify.ts';
import { readDraft } from './defineDraft.ts';
import { definedUuid, defineText } from './defineFlow.ts';
import { nameOf, reportDefined } from './defineReport.ts';

export interface DefineRequest {
  /** Name of a connection; asked for where it is left out. */
  readonly connection?: string;
  /** Yes to the question whether to go ahead. Never a yes to defining a file with errors, or without libvirt's validation. */
  readonly confirm?: boolean;
}

export type DefineOutcome =
  | { readonly status: 'defined'; readonly name: string; readonly replaced: boolean; readonly marks: number }
  /** Nothing was sent: the file has errors, libvirt would not take it, or the user turned away. */
  | { readonly status: 'not-sent' }
  /** libvirt or the way to it refused; `not-read-back`: it is defined all the same. */
  | { readonly status: 'failed'; readonly kind: VirshFailure['kind'] };

const NOT_SENT = { status: 'not-sent' } as const;

/** Defines the VM of a file on a host, and marks in the file what libvirt made of it. */
export async function defineDomain(
  context: ClientContext,
  uri?: vscode.Uri,
  request: DefineRequest = {},
): Promise<DefineOutcome> {
  const draft = await readDraft(uri);
  if (!draft) {
    tell('error', vscode.l10n.t('Open a file with a libvirt domain first.'));
    return NOT_SENT;
  }
  const host = await pickConnection(
    context,
    request.connection,
    undefined,
    context.bindings.connectionOf(draft.document.uri),
  );
  if (!host) return NOT_SENT;
  const outcome = await defineText(context, host, draft, request.confirm === true);
  if (outcome.status === 'failed') return { status: 'failed', kind: outcome.failure.kind };
  if (outcome.status !== 'defined' && outcome.status !== 'unread') return NOT_SENT;
  const connection = host.connection.name;
  const reported: DefineOutcome =
    outcome.status === 'defined'
      ? reportDefined(context, draft, connection, outcome)
      : { status: 'failed', kind: outcome.failure.kind };
  const uuid = definedUuid(outcome);
  if (uuid !== undefined) context.bindings.bind(draft.document.uri, { connection, uuid, name: nameOf(outcome.plan) });
  await context.hostDocuments.refresh(connection);
  return reported;
}
