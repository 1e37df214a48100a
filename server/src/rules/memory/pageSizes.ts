/** Which huge pages a host can have. */
import type { Domain } from '../../domain/domain.ts';
import { ORDINARY_PAGE } from '../../domain/memory.ts';
import { GIBIBYTE, MEBIBYTE } from '../../domain/sizes.ts';

/** Page sizes of an x86 host; 4 KiB is accepted and means ordinary pages, 4 MiB is that of 32-bit hosts without PAE. */
const X86_SIZES = [ORDINARY_PAGE, 2 * MEBIBYTE, 4 * MEBIBYTE, GIBIBYTE];

/** The host has no pages of this size. Under KVM the guest's architecture tells the host's; otherwise only the impossible is known. */
export function isImpossible(size: number, domain: Domain): boolean {
  if (domain.isKvm && domain.architecture !== undefined && domain.isX86) return !X86_SIZES.includes(size);
  return size < ORDINARY_PAGE || !Number.isInteger(Math.log2(size));
}
