/** Libvirt: Start, Pause, Resume, Reboot, Reset, Save, Force Off, Autostart: one VM, or all that are selected. */
import { runVerb, verbs } from '../../../../virsh/src/index.ts';
import type { ClientContext } from '../../context.ts';
import { mention, tell } from '../../notify.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';
import type { Target } from '../target.ts';
import { confirmDeed, type GivenAnswers, refusesChanges } from './confirmDeed.ts';
import type { VerbWords } from './lifecycleWords.ts';
import { type OutcomesOnHost, tellOutcomes } from './outcomes.ts';
import { type DomainsOnHost, pickDomains } from './pickDomains.ts';

/** True when all of them are as they should be. */
export async function changeLife(
  context: ClientContext,
  words: VerbWords,
  target: Target & GivenAnswers = {},
  selected?: unknown,
): Promise<boolean> {
  return changeLives(context, words, await pickDomains(context, target, selected, words.question), target);
}

/** The question, where there is one, and the deed for VMs already chosen. */
export async function changeLives(
  context: ClientContext,
  { verb, question, progress, done, deed }: VerbWords,
  where: readonly DomainsOnHost[],
  given: GivenAnswers = {},
): Promise<boolean> {
  const count = where.reduce((sum, { domains }) => sum + domains.length, 0);
  if (count === 0 || where.some(refusesChanges)) return false;
  if (deed && (deed.when === 'always' || count > 1) && !(await confirmDeed(where, deed, given))) return false;
  let wasCancelled = false;
  const outcomes = await withProgress(progress, async (signal, step) => {
    const results: OutcomesOnHost[] = [];
    let turn = 0;
    for (const { host, domains } of where) {
      const onTurn = ({ name }: { readonly name: string }): void => {
        step(`${name} · ${host.connection.name}`, turn / count);
        turn += 1;
      };
      const ran = await runVerb(host, verbs[verb], domains, { signal, onTurn });
      if (ran.ok) results.push({ host: host.connection.name, outcomes: ran.value });
      else report(context, ran.error);
    }
    wasCancelled = signal.aborted;
    return results;
  });
  const isAll = outcomes.length === where.length;
  // Who has cancelled does not look for it in the status bar.
  const tellDone = wasCancelled ? (message: string): void => tell('information', message) : mention;
  return outcomes.length > 0 && tellOutcomes(context, question.title, outcomes, done, tellDone) && isAll;
}
