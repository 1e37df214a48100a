/** Which of a host's VMs a device belongs to that somebody attaches, detaches or updates from a document. */
import type { DomainIdentity } from '../output/domainList.ts';
import { isSameValue } from '../preview/equivalence.ts';
import type { DeviceAt } from './deviceAt.ts';

/** What is known of a document beside its text: UUIDs of VMs. */
export interface DeviceDocument {
  /** The VM whose own document on the host it is. */
  readonly own?: string | undefined;
  /** The VM that was defined from the file last. */
  readonly bound?: string | undefined;
}

/**
 * A VM's own document is that VM's, whatever it says. A file is about the VM that its text names now: the one that was defined from it earlier
 * counts only where the text names none. Undefined: the user has to say.
 */
export function deviceOwner<T extends DomainIdentity>(
  listed: readonly T[],
  said: DeviceAt['domain'],
  { own, bound }: DeviceDocument = {},
): T | undefined {
  const withUuid = (wanted: string | undefined): T | undefined =>
    wanted === undefined ? undefined : listed.find(({ uuid }) => isSameValue(uuid, wanted));
  const isNamed = said.uuid !== '' || said.name !== '';
  return (
    withUuid(own) ??
    withUuid(said.uuid) ??
    listed.find(({ name }) => name === said.name) ??
    (isNamed ? undefined : withUuid(bound))
  );
}
