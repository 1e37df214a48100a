/** The question before something is done that cannot be undone. It names the VMs and their host; on a production host a name must be typed. */
import * as vscode from 'vscode';
import { confirm, tell } from '../../notify.ts';
import type { DomainsOnHost } from './pickDomains.ts';

export interface Deed {
  /** `Force off`: what the button says. */
  readonly verb: string;
  /** What the question begins with, before the VM's name: `Detach <disk> from`. The verb where it is left out. */
  readonly act?: string;
  /** What is lost, in sentences. */
  readonly detail: string;
}

/** Answers that another command or a test gives. */
export interface GivenAnswers {
  /** Yes to the question. */
  readonly confirm?: boolean;
  /** The name that production hosts want typed. */
  readonly typed?: string;
}

const NAMES_SHOWN = 12;

/** True: do it. Nothing is asked where a connection is read-only; that was told. */
export async function confirmDeed(
  where: readonly DomainsOnHost[],
  { verb, act = verb, detail }: Deed,
  { confirm: isConfirmed = false, typed }: GivenAnswers = {},
): Promise<boolean> {
  if (where.some(refusesChanges)) return false;
  const names = where.flatMap(({ domains }) => domains.map(({ name }) => name));
  if (!isConfirmed && !(await confirm(question(where, act, names), verb, details(where, detail, names)))) return false;
  for (const production of where.filter(({ host }) => host.connection.production))
    if (!(await isTyped(production, verb, typed))) return false;
  return true;
}

/** Nothing is changed through a read-only connection; says so. */
export function refusesChanges({ host }: Pick<DomainsOnHost, 'host'>): boolean {
  const { name, readOnly } = host.connection;
  if (!readOnly) return false;
  tell('error', vscode.l10n.t('{0} is marked as read-only in the settings, so nothing is changed there.', name));
  return true;
}

function question(where: readonly DomainsOnHost[], act: string, names: readonly string[]): string {
  const hosts = where.map(({ host }) => `"${host.connection.name}"`).join(', ');
  const [first = '', ...others] = names;
  return others.length === 0
    ? vscode.l10n.t('{0} "{1}" on {2}?', act, first, hosts)
    : vscode.l10n.t('{0} {1} VMs on {2}?', act, names.length, hosts);
}

function details(where: readonly DomainsOnHost[], detail: string, names: readonly string[]): string {
  if (names.length === 1) return detail;
  const lists = where.map(({ host, domains }) => {
    const shown = domains.slice(0, NAMES_SHOWN).map(({ name }) => name);
    const more = domains.length > NAMES_SHOWN ? [vscode.l10n.t('and {0} more', domains.length - NAMES_SHOWN)] : [];
    return `${host.connection.name}: ${[...shown, ...more].join(', ')}`;
  });
  return [detail, ...lists].join('\n\n');
}

/** One VM: its own name. Several: the name of their host. */
async function isTyped({ host, domains }: DomainsOnHost, verb: string, typed: string | undefined): Promise<boolean> {
  const { name: hostName } = host.connection;
  const [first, ...others] = domains.map(({ name }) => name);
  const wanted = first !== undefined && others.length === 0 ? first : hostName;
  const answer =
    typed ??
    (await vscode.window.showInputBox({
      title: vscode.l10n.t('{0} on "{1}", a production host', verb, hostName),
      prompt: vscode.l10n.t('Type {0} to go on.', wanted),
      ignoreFocusOut: true,
      validateInput: (text) => (text === wanted ? undefined : vscode.l10n.t('Type {0} to go on.', wanted)),
    }));
  if (answer === wanted) return true;
  if (typed !== undefined) tell('error', vscode.l10n.t('Nothing was done: the typed name is not {0}.', wanted));
  return false;
}
