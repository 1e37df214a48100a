/** Libvirt: Migrate… */
import * as vscode from 'vscode';
import { roundedSize } from '../../../../server/src/domain/sizes.ts';
import {
  checkMigration,
  copiedDisksOf,
  type DomainEntry,
  domain,
  type Host,
  type JobInfo,
  type MigrationFacts,
  type MigrationFinding,
  type MigrationOrder,
  needsSourceForTpm,
  readMigrationFacts,
  runMigration,
} from '../../../../virsh/src/index.ts';
import { pickConnection } from '../../connections/pickConnection.ts';
import { pickDomain } from '../../connections/pickDomain.ts';
import type { ClientContext } from '../../context.ts';
import { showMarkdown } from '../../documents/showMarkdown.ts';
import { tell } from '../../notify.ts';
import { withProgress } from '../../progress.ts';
import { report, showLog } from '../../report.ts';
import { confirmDeed, type GivenAnswers, refusesChanges } from '../domain/confirmDeed.ts';
import type { MigrationRequest } from './checkMigration.ts';
import { tellEnd } from './migrationEnd.ts';
import { type MigrationRoute, migrationPage } from './migrationPage.ts';
import { askChoices, askDestination, type MigrationChoices } from './migrationQuestions.ts';

export interface MigrateRequest extends MigrationRequest, GivenAnswers {
  /** How it moves; asked for where it is left out. */
  readonly choices?: MigrationChoices;
}

/** Moves a VM to another host: checked first, watched, and looked for on both afterwards. True where it has moved. */
export async function migrateDomain(context: ClientContext, request: MigrateRequest = {}): Promise<boolean> {
  const source = await pickConnection(context, request.connection);
  if (!source || refusesChanges({ host: source })) return false;
  const chosen = await pickDomain(context, source, {
    title: vscode.l10n.t('Migrate a VM'),
    nothing: vscode.l10n.t('{0} has no VMs.', source.connection.name),
    name: request.domain,
  });
  if (!chosen) return false;
  const target = await pickConnection(context, request.to, vscode.l10n.t('To which host?'));
  if (!target || refusesChanges({ host: target })) return false;
  const facts = await withProgress(vscode.l10n.t('Checking the migration of {0}', chosen.name), (signal) =>
    readMigrationFacts(source, chosen, target, { signal }),
  );
  if (!facts.ok) {
    report(context, facts.error);
    return false;
  }
  const route = { domain: chosen.name, source: source.connection.name, target: target.connection.name };
  const plan = await planMigration(context, source, target, route, facts.value, request.choices);
  if (!plan) return false;
  const deed = { verb: vscode.l10n.t('Migrate'), detail: detailsOf(route, plan) };
  const where = [{ host: source, domains: [chosen] }];
  if (!(await confirmDeed(where, deed, request))) return false;
  if (plan.order.isUndefinedAtSource && !(await keepDefinition(context, source, chosen))) return false;
  return carryOut(context, source, target, route, { ...plan.order, domain: chosen });
}

interface Plan {
  readonly order: Omit<MigrationOrder, 'domain'>;
  /** What is to be known before the yes. */
  readonly findings: readonly MigrationFinding[];
  /** The definition stays on the source, whatever was chosen: its TPM's state would go with it. */
  readonly isKeptForTpm: boolean;
}

async function planMigration(
  context: ClientContext,
  source: Host,
  target: Host,
  route: MigrationRoute,
  facts: MigrationFacts,
  given: MigrationChoices | undefined,
): Promise<Plan | undefined> {
  const copyable = copiedDisksOf(facts);
  const needsCopy = copyable.some(({ path }) => facts.paths.get(path)?.targetPool === undefined);
  const isKeptForTpm = needsSourceForTpm(facts);
  const canUndefine = facts.isPersistent && !isKeptForTpm;
  const canCopy = facts.isActive && copyable.length > 0;
  const trial = checkMigration({ ...facts, isCopying: needsCopy }).filter(({ weight }) => weight === 'blocks');
  if (trial.some((finding) => isInTheWay(finding, facts))) {
    await showBlocked(context, route, trial);
    return undefined;
  }
  const title = vscode.l10n.t('Migrate {0} to {1}', route.domain, route.target);
  const choices = given ?? (await askChoices(title, { isActive: facts.isActive, canUndefine, canCopy, needsCopy }));
  if (!choices) return undefined;
  const isCopying = choices.isCopying && facts.isActive;
  const findings = checkMigration({ ...facts, isCopying });
  if (findings.some((finding) => isInTheWay(finding, facts))) {
    await showBlocked(context, route, findings);
    return undefined;
  }
  const destination = await askDestination(source.connection, target.connection, choices.way);
  if (destination === undefined) return undefined;
  const { isCopying: _, ...asked } = choices;
  const { isActive, isPersistent } = facts;
  const isUndefinedAtSource = canUndefine && choices.isUndefinedAtSource;
  const copies = isCopying ? copyable : [];
  const order = { ...asked, isUndefinedAtSource, destination, isActive, isPersistent, copies };
  return { order, findings, isKeptForTpm };
}

/** Of a VM that is off only the definition moves: what would keep it from running there is said, but does not stop it. */
function isInTheWay({ weight, isOfDefinition }: MigrationFinding, { isActive }: MigrationFacts): boolean {
  return weight === 'blocks' && (isActive || isOfDefinition === true);
}

async function showBlocked(
  { documents }: ClientContext,
  route: MigrationRoute,
  findings: readonly MigrationFinding[],
): Promise<void> {
  const { domain: name, source, target } = route;
  const first = findings.find(({ weight }) => weight === 'blocks');
  tell('error', vscode.l10n.t('{0} cannot move to {1}: {2}', name, target, first?.message ?? ''));
  await showMarkdown(
    documents.put(source, `${vscode.l10n.t('Migrate {0} to {1}', name, target)}.md`, migrationPage(route, findings)),
  );
}

function detailsOf({ source, target }: MigrationRoute, { order, findings, isKeptForTpm }: Plan): string {
  const warned = findings.filter(({ weight }) => weight === 'blocks' || weight === 'endangers');
  const disks = order.copies.map(({ target: disk, path }) => `${disk} (${path})`).join(', ');
  return [
    vscode.l10n.t('From {0} to {1}.', source, target),
    order.isActive
      ? vscode.l10n.t('It goes on running, and stands still for a moment at the end.')
      : vscode.l10n.t('It is off: its definition moves, its disks do not.'),
    ...(disks === '' ? [] : [vscode.l10n.t('Copied along: {0}. The originals stay on {1}.', disks, source)]),
    order.isUndefinedAtSource
      ? vscode.l10n.t('Its definition is removed from {0}; a copy is kept.', source)
      : vscode.l10n.t('It stays defined on {0} too: never start it on both.', source),
    ...(isKeptForTpm
      ? [vscode.l10n.t('Removing the definition from {0} would delete the state of its TPM.', source)]
      : []),
    ...warned.map(({ subject, message }) => `• ${subject}: ${message}`),
  ].join('\n');
}

/** The definition that the source will lose. */
async function keepDefinition(context: ClientContext, source: Host, entry: DomainEntry): Promise<boolean> {
  const stored = await source.run(domain.dumpXml(entry.uuid, { inactive: true, secrets: true }));
  if (!stored.ok) {
    report(context, stored.error);
    return false;
  }
  const kept = await context.history.keep(source.connection.name, { ...entry, xml: stored.value });
  if (kept.ok) return true;
  const message = vscode.l10n.t('Nothing was done: the definition cannot be kept as a backup. {0}', kept.error);
  tell('error', message, showLog(context.log));
  return false;
}

async function carryOut(
  context: ClientContext,
  source: Host,
  target: Host,
  route: MigrationRoute,
  order: MigrationOrder,
): Promise<boolean> {
  const title = vscode.l10n.t('Migrating {0} to {1}', route.domain, route.target);
  const end = await withProgress(title, (signal, step) =>
    runMigration(source, target, order, {
      signal,
      onProgress: (job) => step(progressText(job), job.total > 0 ? 1 - job.remaining / job.total : undefined),
    }),
  );
  // The target was changed through the source.
  void context.hosts.refresh(route.target);
  if (end.ok) return tellEnd(context, route, end.value, order.isActive);
  report(context, end.error);
  return false;
}

function progressText({ total, remaining, dirtyRate, downtime }: JobInfo): string {
  const left = vscode.l10n.t('{0} of {1} to go', roundedSize(remaining), roundedSize(total));
  const dirty = dirtyRate ? [vscode.l10n.t('the guest changes {0}/s', roundedSize(dirtyRate))] : [];
  const still = downtime ? [vscode.l10n.t('{0} ms of standstill expected', downtime)] : [];
  return [left, ...dirty, ...still].join(' · ');
}
