/** What came of doing the same to VMs: told in a sentence, for several with a page that says it of each. */
import * as vscode from 'vscode';
import type { Outcome } from '../../../../virsh/src/index.ts';
import { stateText } from '../../connections/states.ts';
import type { ClientContext } from '../../context.ts';
import { hostUri } from '../../documents/hostUri.ts';
import { showMarkdown } from '../../documents/showMarkdown.ts';
import { mention, tell } from '../../notify.ts';
import { logFailure, report } from '../../report.ts';
import { outcomesPage } from './outcomesPage.ts';

export interface OutcomesOnHost {
  /** Name of the connection. */
  readonly host: string;
  readonly outcomes: readonly Outcome[];
}

/** Says of one VM that it is done: `web on lab is running.` */
export type DoneSentence = (name: string, host: string) => string;

/** True where all is as it should be; that is told by `tellDone`. */
export function tellOutcomes(
  context: ClientContext,
  title: string,
  where: readonly OutcomesOnHost[],
  done: DoneSentence,
  tellDone = mention,
): boolean {
  const all = where.flatMap(({ host, outcomes }) => outcomes.map((outcome) => ({ host, outcome })));
  const missed = all.filter(({ outcome }) => outcome.outcome !== 'done');
  const [only] = all;
  if (all.length === 1 && only) tellOne(context, only.host, only.outcome, done, tellDone);
  else if (missed.length === 0) tellDone(vscode.l10n.t('{0}: done with {1} VMs.', title, all.length));
  else tellSeveral(context, title, where, missed.length, all.length);
  return missed.length === 0;
}

function tellOne(
  context: ClientContext,
  host: string,
  outcome: Outcome,
  done: DoneSentence,
  tellDone: (message: string) => void,
): void {
  if (outcome.outcome === 'done') tellDone(done(outcome.name, host));
  else if (outcome.outcome === 'failed') report(context, outcome.failure, definitionOf(host, outcome));
  else if (outcome.outcome !== 'left-alone') tell('warning', `${outcome.name} · ${host}: ${outcomeText(outcome)}`);
}

/** The document of its definition. */
function definitionOf(connection: string, { uuid, name }: Outcome): vscode.Uri {
  return hostUri({ kind: 'definition', connection, uuid, name });
}

function tellSeveral(
  { documents, log }: ClientContext,
  title: string,
  where: readonly OutcomesOnHost[],
  missed: number,
  total: number,
): void {
  for (const { outcomes } of where)
    for (const outcome of outcomes) if (outcome.outcome === 'failed') logFailure(log, outcome.failure);
  const rows = where.flatMap(({ host, outcomes }) =>
    outcomes.map((outcome) => ({ host, name: outcome.name, what: outcomeText(outcome) })),
  );
  const message = vscode.l10n.t('{0}: {1} of {2} VMs done, {3} not.', title, total - missed, total, missed);
  const page = documents.put('summary', `${title}.md`, outcomesPage(title, rows));
  tell('warning', message, { title: vscode.l10n.t('Show Which and Why'), run: () => showMarkdown(page) });
}

function outcomeText(outcome: Outcome): string {
  switch (outcome.outcome) {
    case 'done':
      return vscode.l10n.t('done');
    case 'pointless':
      return vscode.l10n.t('nothing done: it {0}', outcome.why);
    case 'failed':
      return outcome.failure.message;
    case 'left-alone':
      return vscode.l10n.t('cancelled before its turn');
    case 'unconfirmed':
      return outcome.situation
        ? vscode.l10n.t('libvirt agreed, but the VM is {0}', stateText(outcome.situation.state))
        : vscode.l10n.t('libvirt agreed, but the VM is gone');
    case 'cancelled': {
      const now = seenText(outcome.seen);
      return outcome.isSettled
        ? vscode.l10n.t('cancelled; {0}', now)
        : vscode.l10n.t('cancelled, but libvirt may do it all the same; {0}', now);
    }
  }
}

function seenText(seen: (Outcome & { readonly outcome: 'cancelled' })['seen']): string {
  if (!seen.ok) return vscode.l10n.t('what it is now could not be asked ({0})', seen.error.message);
  return seen.value ? vscode.l10n.t('the VM is {0} now', stateText(seen.value.state)) : vscode.l10n.t('the VM is gone');
}
