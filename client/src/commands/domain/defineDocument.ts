/** Saving a VM's document defines the VM. */
import * as vscode from 'vscode';
import { pickConnection } from '../../connections/pickConnection.ts';
import type { ClientContext } from '../../context.ts';
import type { Saved, Saving } from '../../documents/hostDocuments.ts';
import { defineText } from './defineFlow.ts';
import { reportSaved } from './defineReport.ts';

/** Defines what the document says. The error is what VS Code tells of a document that could not be saved. */
export async function defineDocument(context: ClientContext, { uri, place, text, base }: Saving): Promise<Saved> {
  const host = await pickConnection(context, place.connection);
  if (!host) return refused(vscode.l10n.t('There is no connection called "{0}".', place.connection));
  const document = await vscode.workspace.openTextDocument(uri);
  const draft = {
    document,
    version: document.version,
    text,
    ...(base === undefined ? { isBaseLost: true } : { base }),
  };
  const outcome = await defineText(context, host, draft);
  switch (outcome.status) {
    case 'defined':
      void reportSaved(context, uri, place.connection, outcome);
      return {
        ok: true,
        value: { status: 'defined', xml: outcome.defined.storedXml, isMerged: outcome.text !== text },
      };
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

function refused(message: string): Saved {
  return { ok: false, error: { message } };
}
