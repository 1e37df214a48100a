/** Saving a VM's document defines the VM. */
import * as vscode from 'vscode';
import { pickConnection } from '../../connections/pickConnection.ts';
import type { ClientContext } from '../../context.ts';
import type { Saved, Saving } from '../../documents/hostDocuments.ts';
import { hostUri } from '../../documents/hostUri.ts';
import { reportFault } from '../../report.ts';
import { isFrom } from './defineDraft.ts';
import { definedUuid, defineText, type FlowOutcome } from './defineFlow.ts';
import { nameOf, reportSaved } from './defineReport.ts';

/** Defines what the document says. The error is what VS Code tells of a document that could not be saved. */
export async function defineDocument(context: ClientContext, { uri, place, text, base }: Saving): Promise<Saved> {
  const host = await pickConnection(context, place.connection);
  if (!host) return refused(vscode.l10n.t('There is no connection called "{0}".', place.connection));
  const document = await vscode.workspace.openTextDocument(uri);
  const draft = { document, version: document.version, text, origin: { uuid: place.uuid, base } };
  const outcome = await defineText(context, host, draft);
  switch (outcome.status) {
    case 'defined':
    case 'unread': {
      const uuid = definedUuid(outcome);
      const isOther = uuid === undefined || !isFrom(draft.origin, uuid);
      if (outcome.status === 'defined') {
        const shown = isOther ? showOther(context, place.connection, outcome) : Promise.resolve(uri);
        void shown
          .then((at) => reportSaved(context, at, place.connection, outcome))
          .catch((fault) => reportFault(context, fault));
      }
      if (isOther) return { ok: true, value: { status: 'elsewhere' } };
      // Where the host did not say what it made of it, what was sent stands for that until it is asked again.
      const xml = outcome.status === 'defined' ? outcome.defined.storedXml : outcome.text;
      return { ok: true, value: { status: 'defined', xml, isMerged: outcome.text !== text } };
    }
    case 'not-sent':
      return refused(outcome.reason);
    case 'failed':
      return refused(vscode.l10n.t('Not defined. {0}', outcome.failure.message));
    case 'conflict': {
      const message = vscode.l10n.t(
        'Somebody changed {0} on {1} meanwhile, in part the same as you. Choose one side of each conflict ({2}), then save again.',
        place.name,
        place.connection,
        outcome.conflicts,
      );
      return { ok: false, error: { message, conflict: { theirs: outcome.theirs, text: outcome.text } } };
    }
  }
}

/** A document that was made another VM's definition is not that VM's document: it has one of its own. */
async function showOther(
  { hostDocuments }: ClientContext,
  connection: string,
  { plan, defined: { uuid } }: FlowOutcome & { readonly status: 'defined' },
): Promise<vscode.Uri> {
  const other = hostUri({ connection, kind: 'definition', uuid, name: nameOf(plan) });
  await hostDocuments.renew(other);
  await vscode.window.showTextDocument(other, { preview: false });
  return other;
}

function refused(message: string): Saved {
  return { ok: false, error: { message } };
}
