/** Which VMs a command is about: those that are selected in the Hosts view, the one that is named, or the one that is asked for. */
import type { DomainEntry, Host } from '../../../../virsh/src/index.ts';
import { pickConnection } from '../../connections/pickConnection.ts';
import { type DomainQuestion, pickDomain } from '../../connections/pickDomain.ts';
import type { ClientContext } from '../../context.ts';
import { isNode } from '../../tree/nodes.ts';
import type { Target } from '../target.ts';

/** VMs of one host. */
export interface DomainsOnHost {
  readonly host: Host;
  readonly domains: readonly DomainEntry[];
}

/** A question with its last sentence left open: it names the host. */
export interface DomainsQuestion extends Pick<DomainQuestion, 'title' | 'accept'> {
  readonly nothing: (host: string) => string;
}

/** Empty: the user turned away, or there is none to be had (which was told). `selected` is what VS Code hands over with a selection. */
export async function pickDomains(
  context: ClientContext,
  target: Target,
  selected: unknown,
  { title, accept, nothing }: DomainsQuestion,
): Promise<readonly DomainsOnHost[]> {
  const several = selectedDomains(context, selected);
  if (several.flatMap(({ domains }) => domains).length > 1) return several;
  const host = await pickConnection(context, target.connection);
  if (!host) return [];
  const question = { title, ...(accept ? { accept } : {}), nothing: nothing(host.connection.name) };
  const chosen = await pickDomain(context, host, { ...question, name: target.domain });
  return chosen ? [{ host, domains: [chosen] }] : [];
}

function selectedDomains({ connections }: ClientContext, selected: unknown): readonly DomainsOnHost[] {
  const byHost = new Map<Host, DomainEntry[]>();
  for (const node of Array.isArray(selected) ? selected : []) {
    if (!isNode(node) || node.kind !== 'domain') continue;
    const host = connections.host(node.model.host.connection);
    const { name, uuid, state } = node.situation;
    byHost.set(host, [...(byHost.get(host) ?? []), { name, uuid, state }]);
  }
  return [...byHost].map(([host, domains]) => ({ host, domains }));
}
