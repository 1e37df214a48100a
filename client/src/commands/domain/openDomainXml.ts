/** Libvirt: Open VM's XML from Host */
import * as vscode from 'vscode';
import { DOMAIN_LANGUAGE } from '../../../../server/src/domain/recognise.ts';
import { type DomainEntry, domain, type Runner } from '../../../../virsh/src/index.ts';
import { isActive, pickConnection, pickDomain } from '../../connections/pick.ts';
import type { ClientContext } from '../../context.ts';
import { report } from '../../report.ts';
import type { Target } from '../target.ts';

/** Opens a VM's definition as an unsaved document, or the XML of the running guest read-only. */
export async function openDomainXml(
  context: ClientContext,
  target: Target & { readonly which?: Which } = {},
): Promise<vscode.TextDocument | undefined> {
  const runner = await pickConnection(context, target.connection);
  if (!runner) return undefined;
  const chosen = await pickDomain(context, runner, {
    title: vscode.l10n.t("Open a VM's XML"),
    nothing: vscode.l10n.t('{0} has no VMs.', runner.connection.name),
    name: target.domain,
  });
  const which = chosen && (target.which ?? (await pickWhich(chosen)));
  if (!chosen || !which) return undefined;
  const document =
    which === 'live' ? await openLive(context, runner, chosen) : await openDefinition(context, runner, chosen);
  if (document) await vscode.window.showTextDocument(document);
  return document;
}

type Which = 'definition' | 'live';

/** A guest that is off has one XML only. */
async function pickWhich({ name, state }: DomainEntry): Promise<Which | undefined> {
  if (!isActive(state)) return 'definition';
  const choices: (vscode.QuickPickItem & { which: Which })[] = [
    {
      label: vscode.l10n.t('Definition'),
      description: vscode.l10n.t('what the next start will use'),
      which: 'definition',
    },
    { label: vscode.l10n.t('Live XML'), description: vscode.l10n.t('what runs now, read-only'), which: 'live' },
  ];
  const placeHolder = vscode.l10n.t('{0} is running: which XML?', name);
  return (await vscode.window.showQuickPick(choices, { placeHolder }))?.which;
}

/** With its passwords: a definition without them would remove them from the VM when it is defined again. */
async function openDefinition(
  context: ClientContext,
  runner: Runner,
  { name, uuid }: DomainEntry,
): Promise<vscode.TextDocument | undefined> {
  const dumped = await runner.run(domain.dumpXml(uuid, { inactive: true, secrets: true }));
  if (dumped.ok) return vscode.workspace.openTextDocument({ language: DOMAIN_LANGUAGE, content: dumped.value });
  if (dumped.error.kind !== 'read-only') {
    report(context, dumped.error);
    return undefined;
  }
  const censored = await runner.run(domain.dumpXml(uuid, { inactive: true }));
  if (!censored.ok) {
    report(context, censored.error);
    return undefined;
  }
  return showReadOnly(context, `/${runner.connection.name}/${name}.xml`, censored.value);
}

async function openLive(
  context: ClientContext,
  runner: Runner,
  { name, uuid }: DomainEntry,
): Promise<vscode.TextDocument | undefined> {
  const dumped = await runner.run(domain.dumpXml(uuid));
  if (dumped.ok) return showReadOnly(context, `/${runner.connection.name}/${name} (live).xml`, dumped.value);
  report(context, dumped.error);
  return undefined;
}

async function showReadOnly({ documents }: ClientContext, path: string, text: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(documents.put(path, text));
  return vscode.languages.setTextDocumentLanguage(document, DOMAIN_LANGUAGE);
}
