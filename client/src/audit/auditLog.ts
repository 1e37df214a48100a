/** The audit log of the extension: where it lies, and how it is shown. */
import path from 'node:path';
import * as vscode from 'vscode';
import { AuditTrail, type AuditTrailOptions } from '../../../virsh/src/index.ts';
import type { ClientContext } from '../context.ts';
import type { Log } from '../log.ts';
import { tell } from '../notify.ts';
import { showLog } from '../report.ts';
import { auditPage } from './auditPage.ts';

/** In the extension's storage, for its owner only. That something could not be written down is told once a window. */
export function openAuditTrail(
  { globalStorageUri }: vscode.ExtensionContext,
  log: Log,
  nameOf: NonNullable<AuditTrailOptions['nameOf']>,
): AuditTrail {
  let isTold = false;
  const onTrouble = (fault: unknown): void => {
    log.error(`The audit log could not be written: ${String(fault)}`);
    if (!isTold) tell('warning', vscode.l10n.t('The audit log could not be written.'), showLog(log));
    isTold = true;
  };
  return new AuditTrail({ directory: path.join(globalStorageUri.fsPath, 'audit'), nameOf, onTrouble });
}

/** Shows the audit log as it is now, as a read-only document. */
export async function showAuditLog({ audit, documents }: Pick<ClientContext, 'audit' | 'documents'>): Promise<void> {
  const uri = documents.put('virtlint', vscode.l10n.t('Audit Log'), auditPage(audit.read()));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.languages.setTextDocumentLanguage(document, 'shellscript');
  await vscode.window.showTextDocument(document);
}
