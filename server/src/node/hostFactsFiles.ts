/** Facts of hosts, kept in files by the user. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HostFacts } from '../host/facts.ts';
import { FACTS_ENDING, readFacts } from '../host/factsFile.ts';
import { say } from '../l10n/say.ts';
import { userPath } from './userPath.ts';

export interface OpenedFacts {
  readonly hosts: readonly HostFacts[];
  /** A sentence without its end for each file that is none. */
  readonly problems: readonly string[];
}

/**
 * @param given paths of snapshots (`*.libvirt-host.json`) or of what `virsh capabilities` printed; one may begin with `~/`
 * @param folder the URI of the folder at which relative paths begin; the working directory where it is left out
 */
export function openHostFacts(given: readonly string[], folder?: string): OpenedFacts {
  const base = folder?.startsWith('file:') ? fileURLToPath(folder) : '';
  const hosts: HostFacts[] = [];
  const problems: string[] = [];
  for (const one of given) {
    const text = textOf(path.resolve(base, userPath(one)));
    const read = text === undefined ? undefined : readFacts(text, hostName(one));
    if (read?.ok) hosts.push(read.facts);
    else problems.push(`${one} ${read?.problem ?? say`cannot be read`}`);
  }
  return { hosts, problems };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** `lab` of `/hosts/lab.libvirt-host.json` and of `lab.xml`. */
function hostName(file: string): string {
  const name = path.basename(file);
  return name.endsWith(FACTS_ENDING) ? name.slice(0, -FACTS_ENDING.length) : path.parse(name).name;
}
