/** What a host has of a document's VM. */
import { type DomainState, domain, type Host, type Result, type VirshFailure } from '../../../virsh/src/index.ts';
import type { HostDocument } from './hostUri.ts';

export interface ReadDomain {
  readonly xml: Result<string, VirshFailure>;
  readonly state: DomainState;
  /** Its memory is saved on the host for the next start. */
  readonly isSaved: boolean;
}

/** Its XML and its state in one round trip. Who may only read is shown no passwords. */
export async function readDomain(host: Host, { uuid, name, kind }: HostDocument): Promise<ReadDomain> {
  const isDefinition = kind === 'definition';
  const dump = domain.dumpXml(uuid, { inactive: isDefinition, secrets: isDefinition && !host.connection.readOnly });
  const batch = host.batch();
  const answers = Promise.all([
    batch.add(dump),
    batch.add(domain.listStates()),
    batch.add(domain.listWith('with-managed-save')),
  ]);
  await batch.send();
  const [xml, states, saved] = await answers;
  const state = (states.ok ? states.value.get(name) : undefined) ?? 'unknown';
  return { xml, state, isSaved: saved.ok && saved.value.has(uuid) };
}
