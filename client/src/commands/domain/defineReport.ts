/** What came of a definition: told, and marked in the file. */
import * as vscode from 'vscode';
import { say } from '../../../../server/src/l10n/say.ts';
import type { ClientContext } from '../../context.ts';
import { type Action, mention, tell } from '../../notify.ts';
import type { DefineOutcome } from './defineDomain.ts';
import { type Draft, isUnchanged } from './defineDraft.ts';
import type { FlowOutcome } from './defineFlow.ts';

type Done = FlowOutcome & { readonly status: 'defined' };

export function reportDefined(
  { documents, marks }: ClientContext,
  draft: Draft,
  connection: string,
  { plan, defined: { storedXml, differences } }: Done,
): DefineOutcome {
  const name = nameOf(plan);
  const surprises = differences.filter(({ usual }) => !usual).length;
  const marked = isUnchanged(draft) ? marks.showInSent(draft.document, storedXml) : 0;
  tell('information', sentence(name, connection, surprises, marked), {
    title: vscode.l10n.t('Compare with Stored XML'),
    run: () => {
      const stored = documents.put(connection, say`${name} as stored.xml`, storedXml);
      const title = vscode.l10n.t('{0}: stored on {1} ↔ file', name, connection);
      return vscode.commands.executeCommand('vscode.diff', stored, draft.document.uri, title);
    },
  });
  return { status: 'defined', name, replaced: plan.action === 'replace', marks: marked };
}

/** For a document that shows what is stored: what was lost stands in the text that was sent. */
export async function reportSaved(
  { documents, marks }: ClientContext,
  uri: vscode.Uri,
  connection: string,
  { text, plan, defined: { storedXml, differences } }: Done,
): Promise<void> {
  const name = nameOf(plan);
  const surprises = differences.filter(({ usual }) => !usual);
  if (surprises.length === 0) {
    mention(vscode.l10n.t('{0} is defined on {1}.', name, connection));
    return;
  }
  const sentUri = documents.put(connection, say`${name} as sent.xml`, text);
  const compare: Action = {
    title: vscode.l10n.t('Compare with What Was Sent'),
    run: () => {
      const title = vscode.l10n.t('{0}: sent ↔ stored on {1}', name, connection);
      return vscode.commands.executeCommand('vscode.diff', sentUri, uri, title);
    },
  };
  tell('warning', sentence(name, connection, surprises.length, surprises.length), compare);
  const [sent, document] = await Promise.all([sentUri, uri].map((one) => vscode.workspace.openTextDocument(one)));
  if (sent && document && (await shows(document, storedXml))) marks.showInStored(document, sent);
}

const RELOAD_MILLISECONDS = 5000;

/** Waits until a document shows a text. False: something else has come of it. */
async function shows(document: vscode.TextDocument, text: string): Promise<boolean> {
  for (const deadline = Date.now() + RELOAD_MILLISECONDS; Date.now() < deadline; ) {
    if (!document.isDirty && document.getText() === text) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

/** What a plan calls its VM. */
export function nameOf(plan: Done['plan']): string {
  return plan.action === 'create' ? plan.name : plan.existing.name;
}

function sentence(name: string, connection: string, surprises: number, marked: number): string {
  if (surprises === 0) return vscode.l10n.t('{0} is defined on {1}, as the file says.', name, connection);
  if (marked === 0) {
    return vscode.l10n.t(
      '{0} is defined on {1}. libvirt dropped or changed {2} things; they are not marked, as the file has changed since.',
      name,
      connection,
      surprises,
    );
  }
  return marked === 1
    ? vscode.l10n.t('{0} is defined on {1}. libvirt dropped or changed one thing; it is marked.', name, connection)
    : vscode.l10n.t(
        '{0} is defined on {1}. libvirt dropped or changed {2} things; they are marked.',
        name,
        connection,
        marked,
      );
}
