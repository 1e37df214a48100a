/** Which libvirt release brought something of a domain, where that is known exactly: a card says it, or schemas/releases.json. */
import table from '../../../schemas/releases.json';
import { allCards, cardFor } from './cards.ts';

const releases: ReadonlyMap<string, string> = new Map(
  Object.entries(table).flatMap(([release, paths]) => paths.map((path) => [path, release] as const)),
);

let lastSteps: ReadonlySet<string> | undefined;

/** False for most of a document: no path with a date ends in this step (`pstore`, `@blob`, `@model='virtio'`). */
export function mayBeDated(step: string): boolean {
  lastSteps ??= new Set([...releases.keys(), ...allCards().keys()].map(lastStep));
  return lastSteps.has(step);
}

function lastStep(path: string): string {
  const attribute = path.indexOf('/@');
  return path.slice((attribute < 0 ? path.lastIndexOf('/') : attribute) + 1);
}

/**
 * @param path of an element, attribute or value, as cards have it: `domain/devices/disk/driver/@discard_no_unref`
 * @returns a release such as `9.5.0`; undefined for what was always there, and for what nobody has dated
 */
export function firstRelease(path: string): string | undefined {
  return releases.get(path) ?? cardFor(path)?.since;
}
