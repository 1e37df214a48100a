/** Libvirt: Check Live Migration… */
import * as vscode from 'vscode';
import { checkMigration, type MigrationFinding, readMigrationFacts } from '../../../../virsh/src/index.ts';
import { pickConnection } from '../../connections/pickConnection.ts';
import { pickDomain } from '../../connections/pickDomain.ts';
import type { ClientContext } from '../../context.ts';
import { showMarkdown } from '../../documents/showMarkdown.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';
import type { Target } from '../target.ts';
import { migrationPage } from './migrationPage.ts';

export interface MigrationRequest extends Target {
  /** Name of the connection to the target host; asked for where it is left out. */
  readonly to?: string;
}

/** Shows what stands in the way of a VM to another host. The findings, or undefined where nothing could be asked. */
export async function checkDomainMigration(
  context: ClientContext,
  request: MigrationRequest = {},
): Promise<readonly MigrationFinding[] | undefined> {
  const source = await pickConnection(context, request.connection);
  if (!source) return undefined;
  const chosen = await pickDomain(context, source, {
    title: vscode.l10n.t('Check the live migration of a VM'),
    nothing: vscode.l10n.t('{0} has no VMs.', source.connection.name),
    name: request.domain,
  });
  if (!chosen) return undefined;
  const target = await pickConnection(context, request.to, vscode.l10n.t('To which host?'));
  if (!target) return undefined;
  const facts = await withProgress(vscode.l10n.t('Checking the migration of {0}', chosen.name), (signal) =>
    readMigrationFacts(source, chosen, target, { signal }),
  );
  if (!facts.ok) {
    report(context, facts.error);
    return undefined;
  }
  const findings = checkMigration(facts.value);
  const route = { domain: chosen.name, source: source.connection.name, target: target.connection.name };
  const page = context.documents.put(
    route.source,
    `${vscode.l10n.t('Migrate {0} to {1}', route.domain, route.target)}.md`,
    migrationPage(route, findings),
  );
  await showMarkdown(page);
  return findings;
}
