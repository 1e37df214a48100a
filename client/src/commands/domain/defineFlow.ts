/**
 * The way of every definition to a host, from a file, from a document of the host or back from the history: findings, what is there, merge, preview,
 * backup, define, read-back. Nothing is replaced that was not kept before.
 */
import * as vscode from 'vscode';
import {
  type DefinedDomain,
  type DefinePlan,
  hasConflicts,
  type Result,
  type Runner,
  runDefine,
  type VirshFailure,
} from '../../../../virsh/src/index.ts';
import type { ClientContext } from '../../context.ts';
import { tell } from '../../notify.ts';
import { withProgress } from '../../progress.ts';
import { report, showLog } from '../../report.ts';
import { type Draft, type Intent, isUnchanged, planIntent, uuidOf } from './defineDraft.ts';
import { confirmDefine } from './definePreview.ts';
import { confirmDespiteErrors, confirmWithoutValidation } from './defineQuestions.ts';

export type FlowOutcome =
  | { readonly status: 'defined'; readonly text: string; readonly plan: Sent; readonly defined: DefinedDomain }
  /** It is defined, but the host did not say as what; that has been reported. */
  | { readonly status: 'unread'; readonly text: string; readonly plan: Sent; readonly failure: VirshFailure }
  /** Nothing was sent: the text has errors, or the user turned away. */
  | { readonly status: 'not-sent'; readonly reason: string }
  /** Others changed the same: their text, and ours with both answers marked. */
  | { readonly status: 'conflict'; readonly theirs: string; readonly text: string; readonly conflicts: number }
  /** libvirt or the way to it refused; it has been reported. */
  | { readonly status: 'failed'; readonly failure: VirshFailure };

type Sent = Exclude<DefinePlan, { action: 'conflict' }>;

/** How often others may come first before it is called a failure. */
const TRIES = 3;

/** Defines a text. `isUnattended`: the preview counts as seen; errors and validation are asked about all the same. */
export async function defineText(
  context: ClientContext,
  runner: Runner,
  draft: Draft,
  isUnattended = false,
): Promise<FlowOutcome> {
  if (hasConflicts(draft.text)) {
    return notSent(vscode.l10n.t('Not defined: there are conflicts in it. Choose one side of each, then save again.'));
  }
  const findings = await context.language.check(draft.text, draft.document.uri);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 && !(await confirmDespiteErrors(draft.document, errors))) return leftAlone();
  for (let tries = 1; ; tries++) {
    const outcome = await attempt(context, runner, draft, isUnattended);
    const isOvertaken = outcome.status === 'failed' && outcome.failure.kind === 'changed-meanwhile';
    // Without a base there is nothing to merge with: the difference has to be looked at again.
    if (isOvertaken && draft.origin?.base !== undefined && tries < TRIES) continue;
    if (outcome.status === 'failed' || outcome.status === 'unread')
      report(context, outcome.failure, isUnchanged(draft) ? draft.document.uri : undefined);
    return outcome;
  }
}

async function attempt(
  context: ClientContext,
  runner: Runner,
  draft: Draft,
  isUnattended: boolean,
): Promise<FlowOutcome> {
  const connection = runner.connection.name;
  const planned = await withProgress(vscode.l10n.t('Asking {0}', connection), (signal) =>
    planIntent(runner, draft, signal),
  );
  if (!planned.ok) return { status: 'failed', failure: planned.error };
  const intent = planned.value;
  const { plan, text, conflicts } = intent;
  if (plan.action === 'conflict') {
    tell('error', plan.message);
    return notSent(plan.message);
  }
  if (conflicts > 0 && plan.action === 'replace')
    return { status: 'conflict', theirs: plan.existing.xml, text, conflicts };
  if (!isUnattended && !(await confirmDefine(context, runner.connection, draft, intent, plan))) return leftAlone();
  const work = (): Promise<FlowOutcome> => send(context, runner, { ...intent, plan }, isUnattended);
  if (plan.action === 'create') return work();
  const done = await context.history.alone(connection, plan.existing.uuid, work);
  return done || notSent(vscode.l10n.t('Nothing was replaced: another window is defining {0}.', plan.existing.name));
}

/** Keeps what is there, then defines: with validation first, without it only after a yes to exactly that. */
async function send(
  context: ClientContext,
  runner: Runner,
  { text, plan }: Intent & { readonly plan: Sent },
  isUnattended: boolean,
): Promise<FlowOutcome> {
  const { name } = runner.connection;
  if (plan.action === 'replace') {
    const kept = await context.history.keep(name, plan.existing);
    if (!kept.ok) {
      const why = vscode.l10n.t(
        'Nothing was replaced: a backup of the present definition could not be kept ({0}).',
        kept.error,
      );
      tell('error', why);
      return notSent(why);
    }
  }
  const once = async (validate: boolean): Promise<Result<DefinedDomain, VirshFailure>> => {
    const defined = await withProgress(vscode.l10n.t('Defining on {0}', name), (signal) =>
      runDefine(runner, text, plan, { signal, validate }),
    );
    // What was cancelled on its way may have arrived.
    if (!defined.ok && defined.error.kind === 'cancelled') tellCancelled(context, name);
    return defined;
  };
  let defined = await once(true);
  if (!defined.ok && defined.error.kind === 'schema' && !isUnattended) {
    if (await confirmWithoutValidation(context, defined.error)) defined = await once(false);
  }
  if (defined.ok) return { status: 'defined', text, plan, defined: defined.value };
  const { error } = defined;
  return error.kind === 'not-read-back'
    ? { status: 'unread', text, plan, failure: error }
    : { status: 'failed', failure: error };
}

/** Of the VM that is defined now. Undefined where libvirt has chosen one and did not say which. */
export function definedUuid(outcome: FlowOutcome & { readonly status: 'defined' | 'unread' }): string | undefined {
  if (outcome.status === 'defined') return outcome.defined.uuid;
  const { plan, text } = outcome;
  return plan.action === 'replace' ? plan.existing.uuid : uuidOf(text) || undefined;
}

function tellCancelled({ log }: ClientContext, connection: string): void {
  const message = vscode.l10n.t(
    'Cancelled on the way to {0}: look at the VM there before you define it again.',
    connection,
  );
  tell('warning', message, showLog(log));
}

function notSent(reason: string): FlowOutcome {
  return { status: 'not-sent', reason };
}

function leftAlone(): FlowOutcome {
  return notSent(vscode.l10n.t('Not defined: everything is as it was.'));
}
