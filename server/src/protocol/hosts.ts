/** The hosts that documents are for: those of the setting, and those that the client is connected to and that a document belongs to. */
import type { Connection } from 'vscode-languageserver';
import { type HostFacts, hostFacts } from '../host/facts.ts';
import { fits } from '../host/shape.ts';
import { say } from '../l10n/say.ts';
import { guarded } from './guard.ts';
import { type Settings, valueIn } from './settings.ts';
import { tellOnce } from './tellOnce.ts';

/** Reads files of facts; how they are read is the door's affair. Relative paths begin at the folder of the URI. */
export type OpenHostFacts = (
  files: readonly string[],
  folder: string | undefined,
) => { readonly hosts: readonly HostFacts[]; readonly problems: readonly string[] };

/**
 * Told by a client that has connections: `{hosts?: {NAME: facts | null}, documents?: {URI: [NAME]}}`. What is not named stays as it was; null takes a
 * host away.
 */
const HOSTS_NOTIFICATION = 'virtlint/hosts';

export class KnownHosts {
  readonly #open: OpenHostFacts;
  readonly #tell: (message: string) => void;
  #ofSettings: readonly HostFacts[] = [];
  readonly #connected = new Map<string, HostFacts>();
  readonly #belonging = new Map<string, readonly string[]>();

  /** @param tell shows a message to the user */
  constructor(open: OpenHostFacts, tell: (message: string) => void) {
    this.#open = open;
    this.#tell = tellOnce(tell);
  }

  apply({ hostFacts: files = [] }: Settings, folder: string | undefined): void {
    const { hosts, problems } = this.#open(files, folder);
    this.#ofSettings = hosts;
    for (const problem of problems) this.#tell(say`libvirt.hostFacts: ${problem}.`);
  }

  /** @param changed called after the client has told something */
  listen(connection: Connection, changed: () => void): void {
    const take = (params: unknown): void => {
      this.#take(params);
      changed();
    };
    connection.onNotification(HOSTS_NOTIFICATION, guarded(connection.console, HOSTS_NOTIFICATION, undefined, take));
  }

  /** Facts that are none are left out. */
  #take(params: unknown): void {
    for (const [name, facts] of entriesOf(valueIn(params, 'hosts'))) {
      if (fits(hostFacts, facts)) this.#connected.set(name, facts);
      else this.#connected.delete(name);
    }
    for (const [uri, names] of entriesOf(valueIn(params, 'documents')))
      this.#belonging.set(uri, Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []);
  }

  forget(uri: string): void {
    this.#belonging.delete(uri);
  }

  /** A connected host tells more of itself than a file of the same name. */
  of(uri: string): readonly HostFacts[] {
    const connected = (this.#belonging.get(uri) ?? []).flatMap((name) => this.#connected.get(name) ?? []);
    const names = new Set(connected.map(({ name }) => name));
    return [...connected, ...this.#ofSettings.filter(({ name }) => !names.has(name))];
  }
}

function entriesOf(given: unknown): [string, unknown][] {
  return typeof given === 'object' && given !== null ? Object.entries(given) : [];
}
