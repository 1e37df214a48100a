/** The VM on a host that a document with a device is about. */
import * as vscode from 'vscode';
import { type DeviceAt, type DomainEntry, deviceOwner, type Host, listDomains } from '../../../../virsh/src/index.ts';
import { pickConnection } from '../../connections/pickConnection.ts';
import { pickDomain } from '../../connections/pickDomain.ts';
import type { ClientContext } from '../../context.ts';
import { readHostUri } from '../../documents/hostUri.ts';
import { withProgress } from '../../progress.ts';
import { report } from '../../report.ts';
import type { Target } from '../target.ts';

/** A VM's own document says which, and a file by its text; a file that was defined is bound to a host, which is asked for else. */
export async function deviceDomain(
  context: ClientContext,
  target: Target,
  { uri }: vscode.TextDocument,
  { domain }: DeviceAt,
): Promise<{ readonly host: Host; readonly domain: DomainEntry } | undefined> {
  const own = readHostUri(uri);
  const bound = context.bindings.vmOf(uri);
  const host = await pickConnection(context, target.connection ?? own?.connection ?? bound?.connection);
  if (!host) return undefined;
  const listed = await withProgress(vscode.l10n.t('Asking {0}', host.connection.name), (signal) =>
    listDomains(host, { signal }),
  );
  if (!listed.ok) {
    report(context, listed.error);
    return undefined;
  }
  const found =
    target.domain === undefined
      ? deviceOwner(listed.value, domain, { own: own?.uuid, bound: bound?.uuid })
      : listed.value.find(({ name }) => name === target.domain);
  const chosen =
    found ??
    (await pickDomain(context, host, {
      title: vscode.l10n.t('Which VM is to be changed?'),
      nothing: vscode.l10n.t('{0} has no VMs.', host.connection.name),
      name: target.domain,
    }));
  return chosen && { host, domain: chosen };
}
