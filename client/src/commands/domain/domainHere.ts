/** The VM that a command is about: of the node or the document that it was given, of the active editor, or asked for. */
import * as vscode from 'vscode';
import type { Host } from '../../../../virsh/src/index.ts';
import { pickConnection } from '../../connections/pickConnection.ts';
import { pickDomain } from '../../connections/pickDomain.ts';
import type { ClientContext } from '../../context.ts';
import { readHostUri } from '../../documents/hostUri.ts';
import type { Target } from '../target.ts';

export interface DomainHere {
  readonly host: Host;
  readonly uuid: string;
  readonly name: string;
}

/** Undefined: the user turned away, or there is none (which was told). */
export async function domainHere(
  context: ClientContext,
  title: string,
  given: vscode.Uri | Target | undefined,
): Promise<DomainHere | undefined> {
  const uri = given instanceof vscode.Uri ? given : given ? undefined : vscode.window.activeTextEditor?.document.uri;
  const place = uri && readHostUri(uri);
  const target: Target = given instanceof vscode.Uri || !given ? {} : given;
  const host = await pickConnection(context, place?.connection ?? target.connection);
  if (!host) return undefined;
  if (place) return { host, uuid: place.uuid, name: place.name };
  const nothing = vscode.l10n.t('{0} has no VMs.', host.connection.name);
  const chosen = await pickDomain(context, host, { title, nothing, name: target.domain });
  return chosen && { host, uuid: chosen.uuid, name: chosen.name };
}
