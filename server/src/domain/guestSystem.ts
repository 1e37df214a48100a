/** Which operating system a domain says that it runs: advice about device models depends on it. */
import { attributeValue, child } from '../xml/query.ts';
import type { Domain } from './domain.ts';

export type GuestSystem = 'windows' | 'macos' | 'esxi' | 'unknown';

/** Vendors in the identifiers of libosinfo, which virt-install and virt-manager write into the metadata. */
const VENDORS: readonly (readonly [RegExp, GuestSystem])[] = [
  [/\/microsoft\.com\//, 'windows'],
  [/\/apple\.com\//, 'macos'],
  [/\/vmware\.com\//, 'esxi'],
];

/** Told by libosinfo's metadata, else by what only one system needs: Hyper-V enlightenments, Apple's SMC. */
export function guestSystem(domain: Domain): GuestSystem {
  return domain.keep('guestSystem', () => {
    const identifier = attributeValue(domain.elements('libosinfo:os')[0], 'id') ?? '';
    const named = VENDORS.find(([vendor]) => vendor.test(identifier))?.[1];
    if (named) return named;
    if (domain.elements('qemu:arg').some((one) => /applesmc/.test(attributeValue(one, 'value') ?? ''))) return 'macos';
    return child(domain.root, 'features', 'hyperv') ? 'windows' : 'unknown';
  });
}
