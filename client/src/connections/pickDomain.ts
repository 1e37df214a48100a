/** Which VM of a connection a command is about. */
import * as vscode from 'vscode';
import { type DomainEntry, type DomainState, listDomains, type Runner } from '../../../virsh/src/index.ts';
import type { ClientContext } from '../context.ts';
import { tell, withoutIcons } from '../notify.ts';
import { withProgress } from '../progress.ts';
import { report } from '../report.ts';
import { chooseFrom } from './chooseFrom.ts';
import { stateIcon, stateText } from './states.ts';

export interface DomainQuestion {
  readonly title: string;
  /** Which VMs can be chosen; the others are not in the list. */
  readonly accept?: (state: DomainState) => boolean;
  /** Said where none is left. */
  readonly nothing: string;
  /** Decides without asking. */
  readonly name?: string | undefined;
}

/** Asks for a VM of a connection. Undefined: the user turned away, or there is none to be had (which was told). */
export function pickDomain(
  context: ClientContext,
  runner: Runner,
  question: DomainQuestion,
): Promise<DomainEntry | undefined> {
  return question.name === undefined
    ? chooseDomain(context, runner, question)
    : findDomain(context, runner, question.name, question);
}

async function chooseDomain(
  context: ClientContext,
  runner: Runner,
  { title, nothing, accept = () => true }: DomainQuestion,
): Promise<DomainEntry | undefined> {
  const host = runner.connection.name;
  const placeholder = vscode.l10n.t('Which VM of {0}?', host);
  const waiting = vscode.l10n.t('Asking {0}…', host);
  const chosen = await chooseFrom({ title, placeholder, waiting, nothing }, async (signal) => {
    const listed = await listDomains(runner, { signal });
    if (listed.ok) return listed.value.filter(({ state }) => accept(state)).map(toItem);
    report(context, listed.error);
    return undefined;
  });
  return chosen?.domain;
}

function toItem(domain: DomainEntry): vscode.QuickPickItem & { readonly domain: DomainEntry } {
  return {
    label: withoutIcons(domain.name),
    iconPath: stateIcon(domain.state),
    description: stateText(domain.state),
    domain,
  };
}

async function findDomain(
  context: ClientContext,
  runner: Runner,
  name: string,
  { accept = () => true }: DomainQuestion,
): Promise<DomainEntry | undefined> {
  const host = runner.connection.name;
  const listed = await withProgress(vscode.l10n.t('Asking {0}', host), (signal) => listDomains(runner, { signal }));
  if (!listed.ok) {
    report(context, listed.error);
    return undefined;
  }
  const found = listed.value.find((domain) => domain.name === name);
  if (found && accept(found.state)) return found;
  const message = found
    ? vscode.l10n.t('{0} on {1} is {2}.', name, host, stateText(found.state))
    : vscode.l10n.t('{0} has no VM called {1}.', host, name);
  tell('error', message);
  return undefined;
}
