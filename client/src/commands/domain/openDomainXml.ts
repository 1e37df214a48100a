/** Libvirt: Open VM's XML from Host */
import * as vscode from 'vscode';
import { DOMAIN_LANGUAGE } from '../../../../server/src/domain/recognise.ts';
import { type DomainEntry, domain, type Result, type Runner, type VirshFailure } from '../../../../virsh/src/index.ts';
import { pickConnection } from '../../connections/pickConnection.ts';
import { pickDomain } from '../../connections/pickDomain.ts';
import { isActive } from '../../connections/states.ts';
import type { ClientContext } from '../../context.ts';
import { openUnsaved } from '../../documents/unsaved.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';
import type { Target } from '../target.ts';

type Which = 'definition' | 'live';

export interface OpenRequest extends Target {
  /** Which XML of a running guest; asked for where it is left out. */
  readonly which?: Which;
}

/** Opens a VM's definition as an unsaved document, or the XML of the running guest read-only. */
export async function openDomainXml(
  context: ClientContext,
  request: OpenRequest = {},
): Promise<vscode.TextDocument | undefined> {
  const runner = await pickConnection(context, request.connection);
  if (!runner) return undefined;
  const chosen = await pickDomain(context, runner, {
    title: vscode.l10n.t("Open a VM's XML"),
    nothing: vscode.l10n.t('{0} has no VMs.', runner.connection.name),
    name: request.domain,
  });
  const which = chosen && (request.which ?? (await pickWhich(chosen)));
  if (!chosen || !which) return undefined;
  const dumped = await withProgress(vscode.l10n.t('Reading {0}', chosen.name), (signal) =>
    dump(runner, chosen, which, signal),
  );
  if (!dumped.ok) {
    report(context, dumped.error);
    return undefined;
  }
  const { xml, isComplete } = dumped.value;
  const document = isComplete
    ? await openUnsaved(chosen.name, xml)
    : await openReadOnly(context, runner, `${chosen.name} (${which}).xml`, xml);
  await vscode.window.showTextDocument(document);
  return document;
}

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

interface Dump {
  readonly xml: string;
  /** A definition with its passwords: without them, defined again, it would remove them from the VM. */
  readonly isComplete: boolean;
}

async function dump(
  runner: Runner,
  { uuid }: DomainEntry,
  which: Which,
  signal: AbortSignal,
): Promise<Result<Dump, VirshFailure>> {
  const inactive = which === 'definition';
  if (inactive) {
    const complete = await runner.run(domain.dumpXml(uuid, { inactive, secrets: true }), { signal });
    if (complete.ok) return { ok: true, value: { xml: complete.value, isComplete: true } };
    // Who may only read is shown no passwords.
    if (complete.error.kind !== 'read-only') return complete;
  }
  const dumped = await runner.run(domain.dumpXml(uuid, { inactive }), { signal });
  return dumped.ok ? { ok: true, value: { xml: dumped.value, isComplete: false } } : dumped;
}

async function openReadOnly(
  { documents }: ClientContext,
  { connection }: Runner,
  name: string,
  text: string,
): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(documents.put(connection.name, name, text));
  return vscode.languages.setTextDocumentLanguage(document, DOMAIN_LANGUAGE);
}
