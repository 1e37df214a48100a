/** Libvirt: Compare File, Definition and Running Guest */
import path from 'node:path';
import * as vscode from 'vscode';
import { changesBetween, domain, pendingChanges } from '../../../../virsh/src/index.ts';
import { isActive } from '../../connections/states.ts';
import type { ClientContext } from '../../context.ts';
import { comparisonPage } from '../../documents/comparisonPage.ts';
import { HOST_SCHEME, hostUri, readHostUri } from '../../documents/hostUri.ts';
import { showMarkdown } from '../../documents/showMarkdown.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';
import type { Target } from '../target.ts';
import { domainHere } from './domainHere.ts';

/** Shows what differs; returns the page. The file is the one in the editor, else the one that was defined last. */
export async function compareDomain(
  context: ClientContext,
  given?: vscode.Uri | Target,
  /** The file to compare; the VM's own where it is left out. */
  fileUri?: vscode.Uri,
): Promise<string | undefined> {
  const isFile = given instanceof vscode.Uri && given.scheme !== HOST_SCHEME;
  const here = await domainHere(context, vscode.l10n.t('Compare a VM'), isFile ? boundTo(context, given) : given);
  if (!here) return undefined;
  const { host, uuid, name } = here;
  const read = await withProgress(vscode.l10n.t('Reading {0}', name), async (signal) => {
    const batch = host.batch();
    const secrets = !host.connection.readOnly;
    const answers = Promise.all([
      batch.add(domain.dumpXml(uuid, { inactive: true, secrets })),
      batch.add(domain.dumpXml(uuid, { secrets })),
      batch.add(domain.listStates()),
    ]);
    await batch.send({ signal });
    return answers;
  });
  const [definition, live, states] = read;
  if (!definition.ok || !live.ok) {
    if (!definition.ok) report(context, definition.error);
    return undefined;
  }
  const isRunning = states.ok && isActive(states.value.get(name) ?? 'unknown');
  const own = given instanceof vscode.Uri ? given : undefined;
  const file = fileUri ?? (isDraft(own) ? own : context.bindings.filesOf(host.connection.name, uuid)[0]);
  const text =
    file &&
    (await vscode.workspace.openTextDocument(file).then(
      (document) => document.getText(),
      () => undefined,
    ));
  const page = comparisonPage({
    name,
    host: host.connection.name,
    inFile: text === undefined ? undefined : changesBetween(definition.value, text),
    fileName: file && path.basename(file.path),
    pending: isRunning ? pendingChanges(live.value, definition.value) : undefined,
  });
  await showMarkdown(context.documents.put(host.connection.name, `${name} compared.md`, page));
  return page;
}

/** A file, or a definition that is being edited. */
function isDraft(uri: vscode.Uri | undefined): uri is vscode.Uri {
  if (!uri) return false;
  const place = readHostUri(uri);
  return (
    !place ||
    (place.kind === 'definition' &&
      vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString() && document.isDirty))
  );
}

/** The VM that a file was defined as. */
function boundTo({ bindings }: ClientContext, uri: vscode.Uri): vscode.Uri | Target {
  const vm = bindings.vmOf(uri);
  return vm ? hostUri({ ...vm, kind: 'definition' }) : {};
}
