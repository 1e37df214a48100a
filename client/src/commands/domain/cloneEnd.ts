/** What the user is told when a cloning has ended. */
import * as vscode from 'vscode';
import {
  type ClonedDomain,
  type CloneFailure,
  type ClonePlan,
  copiesOf,
  type Leftover,
} from '../../../../virsh/src/index.ts';
import type { ClientContext } from '../../context.ts';
import { showMarkdown } from '../../documents/showMarkdown.ts';
import { type Action, tell } from '../../notify.ts';
import { logFailure, report, showLog } from '../../report.ts';
import type { Target } from '../target.ts';
import type { CloneHosts } from './cloneDomain.ts';
import { cloneLeftPage } from './cloneLeftPage.ts';
import { sysprepOf } from './cloneSysprep.ts';

export async function tellCloned(
  context: ClientContext,
  { source, target }: CloneHosts,
  plan: ClonePlan,
  { uuid, left }: ClonedDomain,
): Promise<void> {
  const host = target.connection.name;
  const place: Target = { connection: host, domain: plan.name };
  const open: Action = {
    title: vscode.l10n.t('Open XML'),
    run: () => vscode.commands.executeCommand('libvirt.openDomainXml', place),
  };
  if (left.length > 0) tellLeft(context, source.connection.name, plan, left, vscode.l10n.t('The clone is there.'));
  const done = vscode.l10n.t('{0} is a clone of {1} on {2}.', plan.name, plan.source.name, host);
  if (copiesOf(plan).length === 0) {
    tell('information', done, open);
    return;
  }
  const same = vscode.l10n.t(
    'Inside, it still has the host name, machine ID and SSH host keys of {0}.',
    plan.source.name,
  );
  const sysprep = await sysprepOf(target, { name: plan.name, uuid });
  tell('information', `${done} ${same}`, open, ...(sysprep ? [sysprep] : []));
}

export async function tellFailure(
  context: ClientContext,
  { source: { connection } }: CloneHosts,
  plan: ClonePlan,
  { cause, removed, left }: CloneFailure,
): Promise<void> {
  const { log } = context;
  for (const path of removed) log.info(`Removed the unfinished copy ${path}`);
  const { name } = plan.source;
  if (left.length > 0) {
    logFailure(log, cause);
    const why = vscode.l10n.t('Cloning {0} ended early ({1}).', name, cause.message);
    tellLeft(context, connection.name, plan, left, why);
  } else if (cause.kind === 'cancelled') {
    tell('information', vscode.l10n.t('Cloning {0} was cancelled; everything is as it was.', name));
  } else report(context, { ...cause, message: vscode.l10n.t('{0} Everything is as it was.', cause.message) });
}

/** Exactly what is left, and a page with the commands that remove it. */
function tellLeft(
  { documents, log }: ClientContext,
  host: string,
  plan: ClonePlan,
  left: readonly Leftover[],
  before: string,
): void {
  for (const { what, host: place, reason, command } of left)
    log.error(`Not removed on ${place}: ${what} (${reason})\n  ${command}`);
  const rest = left.map(({ what, host: place }) => vscode.l10n.t('{0} on {1}', what, place)).join(', ');
  const page = async (): Promise<void> => {
    const title = `${vscode.l10n.t('Left by cloning {0}', plan.source.name)}.md`;
    await showMarkdown(documents.put(host, title, cloneLeftPage(plan.source.name, left)));
  };
  tell(
    'error',
    vscode.l10n.t('{0} This could not be removed: {1}', before, rest),
    { title: vscode.l10n.t('Show What Removes It'), run: page },
    showLog(log),
  );
}
