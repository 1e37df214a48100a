/** Libvirt: Shut Down */
import * as vscode from 'vscode';
import { say } from '../../../../server/src/l10n/say.ts';
import {
  type DomainEntry,
  type Host,
  type Outcome,
  type PowerMode,
  type Result,
  type ShutDownEnd,
  shutDown,
  type VirshFailure,
} from '../../../../virsh/src/index.ts';
import { isActive } from '../../connections/states.ts';
import type { ClientContext } from '../../context.ts';
import { ask, mention } from '../../notify.ts';
import { type Step, withProgress } from '../../progress.ts';
import type { Target } from '../target.ts';
import { changeLives } from './changeLife.ts';
import { confirmDeed, type GivenAnswers, refusesChanges } from './confirmDeed.ts';
import { forceOffWords } from './lifecycleWords.ts';
import { tellOutcomes } from './outcomes.ts';
import { type DomainsOnHost, pickDomains } from './pickDomains.ts';

interface Ended {
  readonly host: Host;
  readonly domain: DomainEntry;
  readonly end: Result<ShutDownEnd, VirshFailure>;
}

/** Asks guests to shut down, waits for them, and offers to force off who does not listen. True when all are off. */
export async function shutDownDomain(
  context: ClientContext,
  target: Target & GivenAnswers = {},
  selected?: unknown,
): Promise<boolean> {
  const where = await pickDomains(context, target, selected, {
    title: vscode.l10n.t('Shut down a VM'),
    accept: isActive,
    nothing: (host) => vscode.l10n.t('{0} has no VM that runs.', host),
  });
  const all = where.flatMap(({ host, domains }) => domains.map((domain) => ({ host, domain })));
  if (all.length === 0 || where.some(refusesChanges)) return false;
  const detail = vscode.l10n.t(
    'They are asked to shut down: by their agent where there is one, else by the power button.',
  );
  if (all.length > 1 && !(await confirmDeed(where, { verb: vscode.l10n.t('Shut Down'), detail }, target))) return false;
  const ended = await withProgress(vscode.l10n.t('Shutting down'), (signal, step) =>
    Promise.all(all.map(({ host, domain }) => shutDownOne(host, domain, signal, step))),
  );
  const listening = ended.filter(({ end }) => !end.ok || end.value === 'off' || end.value === 'left-alone');
  const outcomes = where.map(({ host }) => ({
    host: host.connection.name,
    outcomes: listening.filter((one) => one.host === host).map(toOutcome),
  }));
  const isTold = listening.length === 0 || tellOutcomes(context, vscode.l10n.t('Shut Down'), outcomes, isOff);
  for (const { host, domain, end } of ended) {
    if (end.ok && end.value === 'left-alone') mention(mayStill(domain.name, host.connection.name));
  }
  const deaf = ended.filter(({ end }) => end.ok && end.value === 'running');
  return isTold && (deaf.length === 0 || offerForce(context, where, deaf));
}

async function shutDownOne(host: Host, domain: DomainEntry, signal: AbortSignal, step: Step): Promise<Ended> {
  const onAsked = (mode: PowerMode | undefined): void =>
    step(
      mode === 'agent'
        ? vscode.l10n.t('{0} on {1}: its agent has been asked', domain.name, host.connection.name)
        : vscode.l10n.t('{0} on {1}: the power button has been pressed', domain.name, host.connection.name),
    );
  return { host, domain, end: await shutDown(host, domain.uuid, { signal, onAsked }) };
}

function toOutcome({ domain: { name, uuid, state }, end }: Ended): Outcome {
  if (!end.ok && state === 'paused' && end.error.kind === 'not-running')
    return { name, uuid, outcome: 'pointless', why: say`is paused and hears nothing: resume it first` };
  if (!end.ok) return { name, uuid, outcome: 'failed', failure: end.error };
  return { name, uuid, outcome: end.value === 'off' ? 'done' : 'left-alone' };
}

function isOff(name: string, host: string): string {
  return vscode.l10n.t('{0} on {1} is off.', name, host);
}

function mayStill(name: string, host: string): string {
  return vscode.l10n.t('{0} on {1} has been asked to shut down and may still do so.', name, host);
}

async function offerForce(
  context: ClientContext,
  where: readonly DomainsOnHost[],
  deaf: readonly Ended[],
): Promise<boolean> {
  const names = deaf.map(({ host, domain }) => `${domain.name} (${host.connection.name})`).join(', ');
  const message = vscode.l10n.t('Still running: {0}. Neither an agent nor the power button was listened to.', names);
  const force = vscode.l10n.t('Force Off…');
  if ((await ask('warning', message, force)) !== force) return false;
  const rest = where.map(({ host }) => ({
    host,
    domains: deaf.filter((one) => one.host === host).map(({ domain }) => domain),
  }));
  return changeLives(
    context,
    forceOffWords,
    rest.filter(({ domains }) => domains.length > 0),
  );
}
