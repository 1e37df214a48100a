/**
 * What was last seen on each host, for the first paint of the next window. A small file a host in the extension's global storage: VS Code's own
 * key-value store would be read and written whole, with every host, at each activation and change.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Connection, type DomainSituation, domainStates } from '../../../virsh/src/index.ts';

export interface Sighting {
  readonly seen: Date;
  readonly domains: readonly DomainSituation[];
}

/** One letter a trait, so that a hundred VMs stay below ten kilobytes. */
const traits = { t: 'isTransient', a: 'isAutostart', s: 'hasSnapshots', m: 'hasManagedSave' } as const;

export class HostCache {
  readonly #directory: string;
  #writes = 0;

  /** The directory is made when the first host is written. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Undefined where nothing was written yet, or something else than we write. */
  read(connection: Connection): Sighting | undefined {
    try {
      return decode(JSON.parse(readFileSync(this.#file(connection), 'utf8')));
    } catch {
      return undefined;
    }
  }

  /** Replaces the file in one step: another window may be reading it. A cache that cannot be written is only slower. */
  async write(connection: Connection, sighting: Sighting): Promise<void> {
    const file = this.#file(connection);
    this.#writes += 1;
    const draft = `${file}.${process.pid}-${this.#writes}`;
    try {
      mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
      await writeFile(draft, JSON.stringify(encode(sighting)), { mode: 0o600 });
      await rename(draft, file);
    } catch {
      await rm(draft, { force: true }).catch(() => undefined);
    }
  }

  /** Forgets a host that the user has removed. */
  async remove(connection: Connection): Promise<void> {
    await rm(this.#file(connection), { force: true }).catch(() => undefined);
  }

  #file(connection: Connection): string {
    const way = connection.kind === 'ssh' ? [connection.target, connection.port] : [];
    const key = JSON.stringify([connection.name, connection.uri, ...way]);
    return path.join(this.#directory, `${createHash('sha256').update(key).digest('hex').slice(0, 24)}.json`);
  }
}

function encode({ seen, domains }: Sighting): unknown {
  const rows = domains.map((domain) => {
    const letters = Object.entries(traits).flatMap(([letter, trait]) => (domain[trait] ? [letter] : []));
    return [domain.uuid, domain.name, domainStates.indexOf(domain.state), letters.join('')];
  });
  return { seen: seen.toISOString(), domains: rows };
}

function decode(read: unknown): Sighting | undefined {
  if (typeof read !== 'object' || read === null || !('seen' in read) || !('domains' in read)) return undefined;
  const { seen, domains } = read;
  if (typeof seen !== 'string' || !Array.isArray(domains)) return undefined;
  return { seen: new Date(seen), domains: domains.flatMap(decodeRow) };
}

function decodeRow(row: unknown): readonly DomainSituation[] {
  if (!Array.isArray(row)) return [];
  const [uuid, name, state, letters]: readonly unknown[] = row;
  if (typeof uuid !== 'string' || typeof name !== 'string' || typeof state !== 'number' || typeof letters !== 'string')
    return [];
  const has = (letter: keyof typeof traits): boolean => letters.includes(letter);
  return [
    {
      uuid,
      name,
      state: domainStates[state] ?? 'unknown',
      isTransient: has('t'),
      isAutostart: has('a'),
      hasSnapshots: has('s'),
      hasManagedSave: has('m'),
    },
  ];
}
