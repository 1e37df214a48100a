/** Names and addresses that nobody has yet. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Identities } from './types.ts';

export const randomIdentities: Identities = {
  uuid: () => randomUUID(),
  macTail: () => [...randomBytes(3)].map((byte) => byte.toString(16).padStart(2, '0')).join(':'),
};

/** A MAC address with the prefix that belongs to KVM guests (unicast), which is not taken. */
export function freshMac(taken: ReadonlySet<string>, identities: Identities): string {
  for (;;) {
    const mac = `52:54:00:${identities.macTail()}`;
    if (!taken.has(mac)) return mac;
  }
}

export function freshUuid(taken: ReadonlySet<string>, identities: Identities): string {
  for (;;) {
    const uuid = identities.uuid();
    if (!taken.has(uuid)) return uuid;
  }
}

/** `base`, or `base-1`, `base-2`, … with the ending, whichever is free first. */
export function freeName(base: string, ending: string, taken: ReadonlySet<string>): string {
  for (let number = 0; ; number++) {
    const name = `${base}${number ? `-${number}` : ''}${ending}`;
    if (!taken.has(name)) return name;
  }
}

/**
 * The name of a disk's copy, as virt-clone chooses it: the new VM's name for a volume that is called like the old VM, otherwise the old volume's
 * name with `-clone`. An ending of up to seven characters is kept, unless there is to be another.
 */
export function copyName(
  volume: string,
  oldDomain: string,
  newDomain: string,
  taken: ReadonlySet<string>,
  newEnding?: string,
): string {
  const [stem, oldEnding] = splitEnding(volume);
  const ending = newEnding ?? oldEnding;
  // A volume name cannot contain a slash, and neither can the name of a domain.
  return freeName(stem === oldDomain ? newDomain : `${stem}-clone`, ending, taken);
}

/** `disk.qcow2` → `disk`, `.qcow2`. What follows the last dot is an ending if it is short. */
export function splitEnding(name: string): readonly [stem: string, ending: string] {
  const dot = name.lastIndexOf('.');
  return dot > 0 && name.length - dot - 1 <= 7 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
}

/** A path for the clone: the old VM's name in it becomes the new one's, or the new name is put before the ending. */
export function renamedPath(path: string, oldDomain: string, newDomain: string): string {
  const slash = path.lastIndexOf('/') + 1;
  const folder = path.slice(0, slash);
  const file = path.slice(slash);
  if (oldDomain !== '' && file.includes(oldDomain)) return folder + file.replace(oldDomain, () => newDomain);
  const parts = folder.split('/');
  const at = parts.indexOf(oldDomain);
  if (at >= 0) return [...parts.slice(0, at), newDomain, ...parts.slice(at + 1)].join('/') + file;
  const [stem, ending] = splitEnding(file);
  return `${folder}${stem}-${newDomain}${ending}`;
}
