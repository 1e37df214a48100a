/** How a disk passes the host's page cache. */
import { attributeValue } from '../xml/query.ts';
import type { Disk } from './disk.ts';

/** Modes that open the image with O_DIRECT: no data of the guest in the host's page cache. */
const BYPASSING = new Set(['none', 'directsync']);
/** Modes that keep data of the guest in the host's page cache. */
const CACHING = new Set(['writeback', 'writethrough', 'unsafe']);

/** driver/@cache, or undefined where the choice is left to QEMU (absent or 'default'). */
export function cacheMode(disk: Disk): string | undefined {
  const mode = attributeValue(disk.driver, 'cache');
  return mode === 'default' ? undefined : mode;
}

export function bypassesPageCache(mode: string | undefined): boolean {
  return mode !== undefined && BYPASSING.has(mode);
}

/** The mode is stated and goes through the host's page cache. */
export function usesPageCache(mode: string | undefined): boolean {
  return mode !== undefined && CACHING.has(mode);
}
