/** Libvirt: Define VM from This File */
import * as vscode from 'vscode';
import {
  type DefinedDomain,
  type DefinePlan,
  planDefine,
  type Runner,
  runDefine,
  type VirshFailure,
  withUuid,
} from '../../../../virsh/src/index.ts';
import { pickConnection } from '../../connections/pick.ts';
import type { ClientContext } from '../../context.ts';
import { keepBackup } from '../../documents/backups.ts';
import { isDomain } from '../../language.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';
import { markDifferences } from './defineMarks.ts';
import { confirmDefine, confirmDespiteErrors, confirmWithoutValidation } from './defineQuestions.ts';

export interface DefineRequest {
  /** Name of a connection; asked for where it is left out. */
  readonly connection?: string;
  /** Yes to the question whether to go ahead. Never a yes to defining a file with errors. */
  readonly confirm?: boolean;
}

export type DefineOutcome =
  | { readonly status: 'defined'; readonly name: string; readonly replaced: boolean; readonly marks: number }
  /** Nothing was sent: the file has errors, libvirt would not take it, or the user turned away. */
  | { readonly status: 'not-sent' }
  /** libvirt or the way to it refused. */
  | { readonly status: 'failed'; readonly kind: VirshFailure['kind'] };

const NOT_SENT = { status: 'not-sent' } as const;

/** Defines the VM of a file on a host, and marks in the file what libvirt made of it. */
export async function defineDomain(
  context: ClientContext,
  uri?: vscode.Uri,
  request: DefineRequest = {},
): Promise<DefineOutcome> {
  const document = await documentOf(uri);
  if (!document) {
    void vscode.window.showErrorMessage(vscode.l10n.t('Open a file with a libvirt domain first.'));
    return NOT_SENT;
  }
  const xml = document.getText();
  const errors = (await context.language.check(xml)).filter(({ severity }) => severity === 'error');
  if (errors.length > 0 && !(await confirmDespiteErrors(document, errors))) return NOT_SENT;

  const runner = await pickConnection(context, request.connection);
  if (!runner) return NOT_SENT;
  const host = runner.connection.name;
  const planned = await withProgress(vscode.l10n.t('Asking {0}', host), (signal) => plan(runner, xml, signal));
  if (!planned.ok) return failed(context, planned.error);
  const { text, plan: intent } = planned.value;
  if (intent.action === 'conflict') {
    void vscode.window.showErrorMessage(intent.message);
    return NOT_SENT;
  }
  if (!request.confirm && !(await confirmDefine(context, document, host, intent))) return NOT_SENT;

  if (intent.action === 'replace') {
    const kept = await keepBackup(context, host, intent.existing);
    if (!kept.ok) {
      void vscode.window.showErrorMessage(
        vscode.l10n.t('Nothing was replaced: a backup of the present definition could not be kept ({0}).', kept.error),
      );
      return NOT_SENT;
    }
  }
  let defined = await send(runner, text, intent, true);
  if (!defined.ok && defined.error.kind === 'schema' && !request.confirm) {
    if (!(await confirmWithoutValidation(context, defined.error))) return { status: 'failed', kind: 'schema' };
    defined = await send(runner, text, intent, false);
  }
  if (!defined.ok) return failed(context, defined.error);
  return done(context, document, runner, intent, defined.value);
}

async function documentOf(uri: vscode.Uri | undefined): Promise<vscode.TextDocument | undefined> {
  const document = uri ? await vscode.workspace.openTextDocument(uri) : vscode.window.activeTextEditor?.document;
  return document && isDomain(document) ? document : undefined;
}

type Planned = { readonly ok: true; readonly value: { readonly text: string; readonly plan: DefinePlan } };

/** A file without a UUID that names an existing VM means that VM: it is sent with the VM's own UUID. */
async function plan(
  runner: Runner,
  xml: string,
  signal: AbortSignal,
): Promise<Planned | { readonly ok: false; readonly error: VirshFailure }> {
  const first = await planDefine(runner, xml, { signal });
  if (!first.ok) return first;
  const intent = first.value;
  const isNameless = !/<uuid[\s>]/.test(xml);
  if (intent.action !== 'conflict' || intent.by !== 'name' || !isNameless) {
    return { ok: true, value: { text: xml, plan: intent } };
  }
  const text = withUuid(xml, intent.existing.uuid);
  const second = await planDefine(runner, text, { signal });
  return second.ok ? { ok: true, value: { text, plan: second.value } } : second;
}

function send(runner: Runner, text: string, intent: DefinePlan, validate: boolean) {
  return withProgress(vscode.l10n.t('Defining on {0}', runner.connection.name), (signal) =>
    runDefine(runner, text, intent, { signal, validate }),
  );
}

function failed(context: ClientContext, failure: VirshFailure): DefineOutcome {
  report(context, failure);
  return { status: 'failed', kind: failure.kind };
}

async function done(
  context: ClientContext,
  document: vscode.TextDocument,
  runner: Runner,
  intent: DefinePlan,
  { storedXml }: DefinedDomain,
): Promise<DefineOutcome> {
  const host = runner.connection.name;
  const name = intent.action === 'create' ? intent.name : intent.existing.name;
  const marks = markDifferences(document, storedXml);
  const message =
    marks === 0
      ? vscode.l10n.t('{0} is defined on {1}, as the file says.', name, host)
      : vscode.l10n.t(
          '{0} is defined on {1}. libvirt dropped or changed {2} things; they are marked in the file.',
          name,
          host,
          marks,
        );
  const compare = vscode.l10n.t('Compare with Stored XML');
  void vscode.window.showInformationMessage(message, compare).then((chosen) => {
    if (chosen !== compare) return;
    const stored = context.documents.put(`/${host}/${name}.xml`, storedXml);
    void vscode.commands.executeCommand('vscode.diff', document.uri, stored, vscode.l10n.t('{0}: file ↔ stored', name));
  });
  return { status: 'defined', name, replaced: intent.action === 'replace', marks };
}
