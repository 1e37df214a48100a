/** Libvirt: Check Host Tuning */
import * as vscode from 'vscode';
import { checkTuning, readTuning, type TuningFinding, unseen } from '../../../../virsh/src/index.ts';
import { pickConnection } from '../../connections/pickConnection.ts';
import type { ClientContext } from '../../context.ts';
import { showMarkdown } from '../../documents/showMarkdown.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';
import type { Target } from '../target.ts';
import { tuningPage } from './tuningPage.ts';

/** Shows how a host is set up for its guests. It is read only. The findings, or undefined where the host was not reached. */
export async function checkHostTuning(
  context: ClientContext,
  request: Target = {},
): Promise<readonly TuningFinding[] | undefined> {
  const host = await pickConnection(context, request.connection);
  if (!host) return undefined;
  const { name } = host.connection;
  const reading = await withProgress(vscode.l10n.t('Reading the settings of {0}', name), (signal) =>
    readTuning(host, { signal }),
  );
  if (!reading.ok) {
    report(context, reading.error);
    return undefined;
  }
  const findings = checkTuning(reading.value);
  const page = tuningPage(name, findings, unseen(reading.value));
  await showMarkdown(context.documents.put(name, `${vscode.l10n.t('Tuning of {0}', name)}.md`, page));
  return findings;
}
