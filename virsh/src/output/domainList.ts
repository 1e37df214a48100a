/** Which domains there are, and in which state. */
import { UnexpectedOutput } from '../command.ts';

export interface DomainIdentity {
  readonly uuid: string;
  readonly name: string;
}

export type DomainState =
  | 'no-state'
  | 'running'
  | 'blocked'
  | 'paused'
  | 'shutting-down'
  | 'shut-off'
  | 'crashed'
  | 'suspended'
  | 'unknown';

/** By the number that libvirt gives them (virDomainState). */
export const domainStates: readonly DomainState[] = [
  'no-state',
  'running',
  'blocked',
  'paused',
  'shutting-down',
  'shut-off',
  'crashed',
  'suspended',
];

const identityForm = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (.*)$/;

/** `list --all --uuid --name`: a UUID, one space, the name with all its blanks. A name cannot contain a newline: libvirt refuses it. */
export function parseIdentities(output: string): readonly DomainIdentity[] {
  const identities: DomainIdentity[] = [];
  for (const line of output.split(/\r?\n/)) {
    if (line === '') continue;
    const [, uuid, name] = identityForm.exec(line) ?? [];
    if (uuid === undefined || name === undefined) throw new UnexpectedOutput(`not a UUID and a name: ${line}`);
    identities.push({ uuid, name });
  }
  return identities;
}

/** `domstats --state`: `Domain: 'NAME'`, then indented `state.state=NUMBER`. */
export function parseStates(output: string): ReadonlyMap<string, DomainState> {
  const found = new Map<string, DomainState>();
  let name: string | undefined;
  for (const line of output.split(/\r?\n/)) {
    const domain = /^Domain: '(.*)'$/.exec(line);
    if (domain) name = domain[1];
    const state = /^\s+state\.state=(\d+)$/.exec(line);
    if (state && name !== undefined) found.set(name, domainStates[Number(state[1])] ?? 'unknown');
  }
  return found;
}
