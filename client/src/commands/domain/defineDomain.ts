/** Libvirt: Define VM from This File */
import * as vscode from 'vscode';
import {
  type DefinedDomain,
  type Result,
  type Runner,
  runDefine,
  type VirshFailure,
} from '../../../../virsh/src/index.ts';
import { pickConnection } from '../../connections/pickConnection.ts';
import type { ClientContext } from '../../context.ts';
import { keepBackup } from '../../documents/backups.ts';
import { tell } from '../../notify.ts';
import { withProgress } from '../../progress.ts';
import { report, showLog } from '../../report.ts';
import { type Intent, planIntent, readDraft } from './defineDraft.ts';
import { confirmDefine, confirmDespiteErrors, confirmWithoutValidation } from './defineQuestions.ts';
import { reportDefined } from './defineReport.ts';

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
  /** libvirt or the way to it refused. */
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
  const findings = await context.language.check(draft.text, draft.document.uri);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 && !(await confirmDespiteErrors(draft.document, errors))) return NOT_SENT;

  const runner = await pickConnection(context, request.connection);
  if (!runner) return NOT_SENT;
  const host = runner.connection.name;
  const planned = await withProgress(vscode.l10n.t('Asking {0}', host), (signal) =>
    planIntent(runner, draft.text, signal),
  );
  if (!planned.ok) return failed(context, planned.error);
  const intent = planned.value;
  const { plan } = intent;
  if (plan.action === 'conflict') {
    tell('error', plan.message);
    return NOT_SENT;
  }
  if (!request.confirm && !(await confirmDefine(context, draft, host, intent.text, plan))) return NOT_SENT;

  if (plan.action === 'replace') {
    const kept = await keepBackup(context, host, plan.existing);
    if (!kept.ok) {
      tell(
        'error',
        vscode.l10n.t('Nothing was replaced: a backup of the present definition could not be kept ({0}).', kept.error),
      );
      return NOT_SENT;
    }
  }
  const defined = await send(context, runner, intent, request.confirm === true);
  if (!defined.ok) return failed(context, defined.error);
  return reportDefined(context, draft, host, plan, defined.value);
}

/** With validation first; without it only after a yes to exactly that. */
async function send(
  context: ClientContext,
  runner: Runner,
  { text, plan }: Intent,
  isUnattended: boolean,
): Promise<Result<DefinedDomain, VirshFailure>> {
  const title = vscode.l10n.t('Defining on {0}', runner.connection.name);
  const attempt = async (validate: boolean) => {
    const defined = await withProgress(title, (signal) => runDefine(runner, text, plan, { signal, validate }));
    // What was cancelled on its way may have arrived.
    if (!defined.ok && defined.error.kind === 'cancelled') tellCancelled(context, runner);
    return defined;
  };
  const defined = await attempt(true);
  if (defined.ok || defined.error.kind !== 'schema' || isUnattended) return defined;
  return (await confirmWithoutValidation(context, defined.error)) ? attempt(false) : defined;
}

function tellCancelled({ log }: ClientContext, runner: Runner): void {
  const message = vscode.l10n.t(
    'Cancelled on the way to {0}: look at the VM there before you define it again.',
    runner.connection.name,
  );
  tell('warning', message, showLog(log));
}

function failed(context: ClientContext, failure: VirshFailure): DefineOutcome {
  report(context, failure);
  return { status: 'failed', kind: failure.kind };
}
