/** What `<hyperv>` switches on. */
import type { Domain } from '../../domain/domain.ts';
import { guestSystem } from '../../domain/guestSystem.ts';
import { feature } from '../../domain/hypervisorFeatures.ts';
import { attributeValue, child } from '../../xml/query.ts';

/** A guest that is Windows by all signs, on an x86 machine with KVM: where enlightenments count. */
export function isWindowsOnKvm(domain: Domain): boolean {
  return domain.isKvm && domain.isX86 && guestSystem(domain) === 'windows';
}

/** Modes in which the guest gets what the host has, whatever is listed. */
const WHOLESALE = new Set(['passthrough', 'host-model']);

export function takesAll(domain: Domain): boolean {
  return WHOLESALE.has(attributeValue(feature(domain, 'hyperv'), 'mode') ?? '');
}

export function isEnlightened(domain: Domain, name: string): boolean {
  const hyperv = feature(domain, 'hyperv');
  return attributeValue(hyperv && child(hyperv, name), 'state') === 'on';
}

/** The element that switches an enlightenment on. */
export function enlightenment(name: string): string {
  return name === 'spinlocks' ? "<spinlocks state='on' retries='8191'/>" : `<${name} state='on'/>`;
}
