/** Libvirt: Undefine VM…, for all that are selected: everything besides the definitions is kept. */
import * as vscode from 'vscode';
import { type DomainEntry, type Host, type Outcome, planUndefine, runUndefine } from '../../../../virsh/src/index.ts';
import type { ClientContext } from '../../context.ts';
import { withProgress } from '../../progress.ts';
import { confirmDeed, type GivenAnswers } from './confirmDeed.ts';
import { type OutcomesOnHost, tellOutcomes } from './outcomes.ts';
import type { DomainsOnHost } from './pickDomains.ts';

/** True when all definitions are gone. A VM that runs, or that libvirt undefines only together with something, is left as it is. */
export async function undefineSeveral(
  context: ClientContext,
  where: readonly DomainsOnHost[],
  given: GivenAnswers,
): Promise<boolean> {
  const title = vscode.l10n.t('Undefine');
  const detail = vscode.l10n.t(
    'The definitions go; a copy of each is kept. Disks, UEFI variables and TPM states stay. VMs that run, or that have snapshots or saved memory, are left as they are.',
  );
  if (!(await confirmDeed(where, { verb: title, detail }, given))) return false;
  const outcomes = await withProgress(vscode.l10n.t('Undefining'), async (signal, step) => {
    const results: OutcomesOnHost[] = [];
    for (const { host, domains } of where) {
      const ended: Outcome[] = [];
      for (const domain of domains) {
        step(`${domain.name} · ${host.connection.name}`);
        ended.push(await undefineOne(context, host, domain, signal));
      }
      results.push({ host: host.connection.name, outcomes: ended });
    }
    return results;
  });
  return tellOutcomes(context, title, outcomes, (name, host) =>
    vscode.l10n.t('{0} is no longer defined on {1}.', name, host),
  );
}

async function undefineOne(
  { history }: ClientContext,
  host: Host,
  { name, uuid, state }: DomainEntry,
  signal: AbortSignal,
): Promise<Outcome> {
  if (signal.aborted) return { name, uuid, outcome: 'left-alone' };
  const plan = await planUndefine(host, uuid, { signal });
  if (!plan.ok) return { name, uuid, outcome: 'failed', failure: plan.error };
  const kept = await history.keep(host.connection.name, { name, uuid, state, xml: plan.value.xml });
  if (!kept.ok)
    return { name, uuid, outcome: 'pointless', why: vscode.l10n.t('cannot be kept as a backup: {0}', kept.error) };
  const done = await runUndefine(host, plan.value, []);
  return { name, uuid, ...(done.ok ? { outcome: 'done' } : { outcome: 'failed', failure: done.error }) };
}
