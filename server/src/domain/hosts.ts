/** The hosts that a document is for, where the user or the editor has told them. */
import type { HostFacts } from '../host/facts.ts';
import type { XmlDocument } from '../xml/tree.ts';
import { Host } from './host.ts';

const chosen = new WeakMap<XmlDocument, readonly Host[]>();
const read = new WeakMap<HostFacts, Host>();
const none: readonly Host[] = [];

/** Says for which hosts a document is judged from now on. */
export function chooseHosts(document: XmlDocument, hosts: readonly HostFacts[]): void {
  chosen.set(document, hosts.map(hostOf));
}

export function hostsOf(document: XmlDocument): readonly Host[] {
  return chosen.get(document) ?? none;
}

/** What is found in facts by name is found once, however many documents ask. */
function hostOf(facts: HostFacts): Host {
  const known = read.get(facts) ?? new Host(facts);
  read.set(facts, known);
  return known;
}
