/** Which operating system a domain says that it runs: advice about device models depends on it. */
import { attributeValue, child } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';
import type { Domain } from './domain.ts';

export type GuestSystem = 'windows' | 'macos' | 'esxi' | 'unknown';

/** Vendors in the identifiers of libosinfo, which virt-install and virt-manager write into the metadata. */
const VENDORS: readonly (readonly [RegExp, GuestSystem])[] = [
  [/\/microsoft\.com\//, 'windows'],
  [/\/apple\.com\//, 'macos'],
  [/\/vmware\.com\//, 'esxi'],
];

/** libosinfo's identifier of the system, `http://microsoft.com/win/11`; '' where the metadata names none. */
export function systemIdentifier(domain: Domain): string {
  const system = domain.has('libosinfo:os') ? domain.elements('libosinfo:os')[0] : undefined;
  return attributeValue(system, 'id') ?? '';
}

/** Told by libosinfo's metadata, else by what only one system needs: Hyper-V enlightenments, Apple's SMC. */
export function guestSystem(domain: Domain): GuestSystem {
  return domain.keep('guestSystem', () => {
    const named = VENDORS.find(([vendor]) => vendor.test(systemIdentifier(domain)))?.[1];
    if (named) return named;
    const isApple = (one: XmlElement) => /applesmc/.test(attributeValue(one, 'value') ?? '');
    if (domain.has('qemu:arg') && domain.elements('qemu:arg').some(isApple)) return 'macos';
    return child(domain.root, 'features', 'hyperv') ? 'windows' : 'unknown';
  });
}

export interface WindowsRelease {
  /** libosinfo's name: '7', '10', '11', '2k22'. */
  readonly name: string;
  /** A server edition, whose licence counts other things than sockets. */
  readonly isServer: boolean;
}

/** The release of Windows, or undefined where the metadata names none. */
export function windowsRelease(domain: Domain): WindowsRelease | undefined {
  const [, name] = /\/microsoft\.com\/win\/([\w.]+)/.exec(systemIdentifier(domain)) ?? [];
  return name === undefined ? undefined : { name, isServer: /^2k\d/.test(name) };
}

/** The metadata name a system, and it is not Windows. */
export function isNamedOtherThanWindows(domain: Domain): boolean {
  const identifier = systemIdentifier(domain);
  return identifier !== '' && !identifier.includes('microsoft.com');
}
