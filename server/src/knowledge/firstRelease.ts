/** Which libvirt release brought something of a domain, where that is known exactly: a card says it, or schemas/releases.json. */
import table from '../../../schemas/releases.json';
import { cardFor } from './cards.ts';

const releases: ReadonlyMap<string, string> = new Map(
  Object.entries(table).flatMap(([release, paths]) => paths.map((path) => [path, release] as const)),
);

/**
 * @param path of an element, attribute or value, as cards have it: `domain/devices/disk/driver/@discard_no_unref`
 * @returns a release such as `9.5.0`; undefined for what was always there, and for what nobody has dated
 */
export function firstRelease(path: string): string | undefined {
  return releases.get(path) ?? cardFor(path)?.since;
}
