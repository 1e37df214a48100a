/** What `<hyperv>` switches on. */
import type { Domain } from '../../domain/domain.ts';
import { guestSystem } from '../../domain/guestSystem.ts';
import { feature } from '../../domain/hypervisorFeatures.ts';
import { attributeValue, child } from '../../xml/query.ts';

/** A guest that is Windows by all signs, on an x86 machine with KVM: where enlightenments count. */
export function isWindowsOnKvm(domain: Domain): boolean {
  return domain.isKvm && domain.isX86 && guestSystem(domain) === 'windows';
}

/** The guest gets all that the host has, whatever is listed. */
export function isPassthrough(domain: Domain): boolean {
  return attributeValue(feature(domain, 'hyperv'), 'mode') === 'passthrough';
}

export function isEnlightened(domain: Domain, name: string): boolean {
  const hyperv = feature(domain, 'hyperv');
  return attributeValue(hyperv && child(hyperv, name), 'state') === 'on';
}

/** The element that switches an enlightenment on. */
export function enlightenment(name: string): string {
  return name === 'spinlocks' ? "<spinlocks state='on' retries='8191'/>" : `<${name} state='on'/>`;
}
