/** The VM on a host that a document with a device is about. */
import * as vscode from 'vscode';
import { isSameUuid } from '../../../../server/src/domain/uuid.ts';
import { type DeviceAt, type DomainEntry, type Host, listDomains } from '../../../../virsh/src/index.ts';
import { pickConnection } from '../../connections/pickConnection.ts';
import { pickDomain } from '../../connections/pickDomain.ts';
import type { ClientContext } from '../../context.ts';
import { readHostUri } from '../../documents/hostUri.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';
import type { Target } from '../target.ts';

/** A VM's own document says which, a file that was defined is bound to one; else the host is asked for, and the document's UUID and name count. */
export async function deviceDomain(
  context: ClientContext,
  target: Target,
  { uri }: vscode.TextDocument,
  { domain }: DeviceAt,
): Promise<{ readonly host: Host; readonly domain: DomainEntry } | undefined> {
  const bound = readHostUri(uri) ?? context.bindings.vmOf(uri);
  const host = await pickConnection(context, target.connection ?? bound?.connection);
  if (!host) return undefined;
  const listed = await withProgress(vscode.l10n.t('Asking {0}', host.connection.name), (signal) =>
    listDomains(host, { signal }),
  );
  if (!listed.ok) {
    report(context, listed.error);
    return undefined;
  }
  const uuids = target.domain === undefined ? [bound?.uuid, domain.uuid].flatMap((uuid) => uuid ?? []) : [];
  const found =
    listed.value.find(({ uuid }) => uuids.some((one) => isSameUuid(one, uuid))) ??
    listed.value.find(({ name }) => name === (target.domain ?? domain.name));
  const chosen =
    found ??
    (await pickDomain(context, host, {
      title: vscode.l10n.t('Which VM is to be changed?'),
      nothing: vscode.l10n.t('{0} has no VMs.', host.connection.name),
      name: target.domain,
    }));
  return chosen && { host, domain: chosen };
}
