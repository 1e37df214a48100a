/** Small questions to what was read. */
import type { Settings } from './reading.ts';

/** The kernel's documentation. */
export const KERNEL = 'https://docs.kernel.org';
export const LIBVIRT = 'https://libvirt.org';

export function first(settings: Settings | undefined, name: string): string | undefined {
  return settings?.get(name)?.[0];
}

export function all(settings: Settings | undefined, name: string): readonly string[] {
  return settings?.get(name) ?? [];
}
