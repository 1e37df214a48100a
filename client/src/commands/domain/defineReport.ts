/** What came of a definition: told, and marked in the file. */
import * as vscode from 'vscode';
import type { DefinedDomain, DefinePlan } from '../../../../virsh/src/index.ts';
import type { ClientContext } from '../../context.ts';
import { tell } from '../../notify.ts';
import type { DefineOutcome } from './defineDomain.ts';
import { type Draft, isUnchanged } from './defineDraft.ts';

export function reportDefined(
  { documents, marks }: ClientContext,
  draft: Draft,
  host: string,
  plan: Exclude<DefinePlan, { action: 'conflict' }>,
  { storedXml, differences }: DefinedDomain,
): DefineOutcome {
  const name = plan.action === 'create' ? plan.name : plan.existing.name;
  const surprises = differences.filter(({ usual }) => !usual).length;
  const marked = isUnchanged(draft) ? marks.show(draft.document, storedXml) : 0;
  tell('information', sentence(name, host, surprises, marked), {
    title: vscode.l10n.t('Compare with Stored XML'),
    run: () => {
      const stored = documents.put(host, `${name} as stored.xml`, storedXml);
      const title = vscode.l10n.t('{0}: stored on {1} ↔ file', name, host);
      return vscode.commands.executeCommand('vscode.diff', stored, draft.document.uri, title);
    },
  });
  return { status: 'defined', name, replaced: plan.action === 'replace', marks: marked };
}

function sentence(name: string, host: string, surprises: number, marked: number): string {
  if (surprises === 0) return vscode.l10n.t('{0} is defined on {1}, as the file says.', name, host);
  if (marked === 0) {
    return vscode.l10n.t(
      '{0} is defined on {1}. libvirt dropped or changed {2} things; they are not marked, as the file has changed since.',
      name,
      host,
      surprises,
    );
  }
  return marked === 1
    ? vscode.l10n.t(
        '{0} is defined on {1}. libvirt dropped or changed one thing; it is marked in the file.',
        name,
        host,
      )
    : vscode.l10n.t(
        '{0} is defined on {1}. libvirt dropped or changed {2} things; they are marked in the file.',
        name,
        host,
        marked,
      );
}
