/** Questions to the user: which connection, which VM. */
import * as vscode from 'vscode';
import { type DomainEntry, type DomainState, listDomains, type Runner } from '../../../virsh/src/index.ts';
import type { ClientContext } from '../context.ts';
import { report } from '../report.ts';

/** Asks for a connection; a name decides without asking. Undefined: the user turned away, or there is none of that name. */
export async function pickConnection(context: ClientContext, name?: string): Promise<Runner | undefined> {
  const { connections } = context;
  const choices: (vscode.QuickPickItem & { open: () => Runner | Promise<Runner> })[] = connections
    .list()
    .map((connection) => ({
      label: `$(server) ${connection.name}`,
      description: connection.kind === 'ssh' ? `ssh ${connection.target}` : connection.uri,
      open: () => connections.runner(connection),
    }));
  if (connections.isUnconfigured) {
    choices.push({
      label: `$(beaker) ${vscode.l10n.t('Playground')}`,
      description: vscode.l10n.t('to try things without a host'),
      open: () => openPlayground(context),
    });
  }
  if (name !== undefined) {
    const exact = choices.find(({ label }) => label.replace(/^\$\([\w-]+\) /, '') === name);
    if (!exact) void vscode.window.showErrorMessage(vscode.l10n.t('There is no connection called "{0}".', name));
    return exact?.open();
  }
  const chosen = await vscode.window.showQuickPick(choices, { placeHolder: vscode.l10n.t('Which connection?') });
  return chosen?.open();
}

async function openPlayground({ connections, log }: ClientContext): Promise<Runner> {
  const { connection, limitation } = await connections.playground();
  if (limitation !== undefined) {
    log.warn(limitation);
    void vscode.window.showInformationMessage(limitation);
  }
  return connections.runner(connection);
}

const STATES: Readonly<Record<DomainState, { readonly icon: string; readonly text: string }>> = {
  'no-state': { icon: 'question', text: 'no state' },
  running: { icon: 'vm-running', text: 'running' },
  blocked: { icon: 'vm-running', text: 'blocked' },
  paused: { icon: 'debug-pause', text: 'paused' },
  'shutting-down': { icon: 'vm-running', text: 'shutting down' },
  'shut-off': { icon: 'vm-outline', text: 'shut off' },
  crashed: { icon: 'error', text: 'crashed' },
  suspended: { icon: 'debug-pause', text: 'suspended' },
  unknown: { icon: 'question', text: 'unknown' },
};

export interface DomainQuestion {
  readonly title: string;
  /** Which VMs can be chosen; the others are shown in no list. */
  readonly accept?: (state: DomainState) => boolean;
  /** Said where none is left. */
  readonly nothing: string;
  /** Decides without asking. */
  readonly name?: string | undefined;
}

/** Asks for a VM of a connection. Undefined: the user turned away, or the host could not be asked (which was reported). */
export async function pickDomain(
  context: ClientContext,
  runner: Runner,
  question: DomainQuestion,
): Promise<DomainEntry | undefined> {
  const listed = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Asking {0}…', runner.connection.name) },
    () => listDomains(runner),
  );
  if (!listed.ok) {
    report(context, listed.error);
    return undefined;
  }
  const accept = question.accept ?? (() => true);
  const domains = listed.value.filter(({ state }) => accept(state));
  if (question.name !== undefined) return domains.find(({ name }) => name === question.name);
  if (domains.length === 0) {
    void vscode.window.showInformationMessage(question.nothing);
    return undefined;
  }
  const items = domains.map((domain) => ({
    label: `$(${STATES[domain.state].icon}) ${domain.name}`,
    description: STATES[domain.state].text,
    detail: domain.uuid,
    domain,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: question.title,
    placeHolder: vscode.l10n.t('Which VM of {0}?', runner.connection.name),
    matchOnDetail: true,
  });
  return chosen?.domain;
}

/** States in which a guest runs and can be asked or forced to stop. */
export function isActive(state: DomainState): boolean {
  return state !== 'shut-off' && state !== 'crashed' && state !== 'no-state';
}
