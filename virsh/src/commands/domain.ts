/**
 * Commands about domains. `domain` is a UUID wherever one is known: virsh takes a name that is a number for an id, and a name that looks like
 * a UUID for a UUID.
 */
import { changeCommand, option, readCommand, type VirshCommand } from '../command.ts';
import { type DomainIdentity, type DomainState, parseIdentities, parseStates } from '../output/domainList.ts';
import { type BlockDevice, parseBlockList, parseStateReason, type StateReason } from '../output/domainText.ts';
import { parseNames, parsePairs } from '../output/text.ts';

const text = (output: string): string => output;

/** Every domain, running or not. One round trip however many there are, which a plain `list --all` is not. */
export function listIdentities(): VirshCommand<readonly DomainIdentity[]> {
  return readCommand(['list', '--all', '--uuid', '--name'], parseIdentities);
}

/** The state of every domain, by name. One round trip. */
export function listStates(): VirshCommand<ReadonlyMap<string, DomainState>> {
  return readCommand(['domstats', '--state'], parseStates);
}

/** What `list` can choose domains by. */
export type DomainTrait = 'autostart' | 'transient' | 'with-snapshot' | 'with-managed-save';

/** UUIDs of the domains that have a trait. One round trip. */
export function listWith(trait: DomainTrait): VirshCommand<ReadonlySet<string>> {
  return readCommand(['list', '--all', `--${trait}`, '--uuid'], (output) => new Set(parseNames(output)));
}

export interface DumpOptions {
  /** The definition for the next start instead of the live one. */
  readonly inactive?: boolean;
  /** With passwords. A definition without them, defined again, removes them from the domain. Refused on a read-only connection. */
  readonly secrets?: boolean;
}

export function dumpXml(domain: string, { inactive = false, secrets = false }: DumpOptions = {}): VirshCommand<string> {
  const flags = [...(inactive ? ['--inactive'] : []), ...(secrets ? ['--security-info'] : [])];
  return readCommand(['dumpxml', option('domain', domain), ...flags], text);
}

/** Defines or replaces a domain; the text is checked against the host's schema first unless `validate` is false. */
export function define(xml: string, { validate = true }: { readonly validate?: boolean } = {}): VirshCommand<void> {
  return {
    ...changeCommand(['define', ...(validate ? ['--validate'] : [])]),
    document: { option: '--file', text: xml },
  };
}

export function start(domain: string): VirshCommand<void> {
  return changeCommand(['start', option('domain', domain)]);
}

/** Asks the guest to shut down, and does not wait for it. */
export function shutdown(domain: string): VirshCommand<void> {
  return changeCommand(['shutdown', option('domain', domain)]);
}

/** Switches the guest off at once, as pulling the plug does. */
export function destroy(domain: string): VirshCommand<void> {
  return changeCommand(['destroy', option('domain', domain)]);
}

export interface UndefineOptions {
  readonly managedSave?: boolean;
  readonly snapshotsMetadata?: boolean;
  readonly checkpointsMetadata?: boolean;
  /** Without a word about it libvirt refuses to undefine a domain that has an NVRAM file. */
  readonly nvram?: 'remove' | 'keep';
  /** The state of an emulated TPM; without a word libvirt removes it unless the definition says that it is persistent. */
  readonly tpm?: 'remove' | 'keep';
  /** Targets (`vda`) of disks whose volumes are deleted. Of one in no pool virsh only prints that it stays. */
  readonly storage?: readonly string[];
}

/** Removes the definition. Disks stay unless they are named. */
export function undefine(domain: string, options: UndefineOptions = {}): VirshCommand<void> {
  const flags = [
    ...(options.managedSave ? ['--managed-save'] : []),
    ...(options.snapshotsMetadata ? ['--snapshots-metadata'] : []),
    ...(options.checkpointsMetadata ? ['--checkpoints-metadata'] : []),
    ...(options.nvram === 'remove' ? ['--nvram'] : options.nvram === 'keep' ? ['--keep-nvram'] : []),
    ...(options.tpm === 'remove' ? ['--tpm'] : options.tpm === 'keep' ? ['--keep-tpm'] : []),
    ...(options.storage?.length ? [option('storage', options.storage.join(','))] : []),
  ];
  return changeCommand(['undefine', option('domain', domain), ...flags]);
}

export function stateReason(domain: string): VirshCommand<StateReason> {
  return readCommand(['domstate', option('domain', domain), '--reason'], parseStateReason);
}

/** `dominfo` by its own labels: `Persistent` → `yes`. */
export function info(domain: string): VirshCommand<ReadonlyMap<string, string>> {
  return readCommand(['dominfo', option('domain', domain)], parsePairs);
}

export function listBlockDevices(domain: string, { inactive = false } = {}): VirshCommand<readonly BlockDevice[]> {
  return readCommand(
    ['domblklist', option('domain', domain), '--details', ...(inactive ? ['--inactive'] : [])],
    parseBlockList,
  );
}

/** The UUID of a domain by its name. */
export function uuidOf(name: string): VirshCommand<string> {
  return readCommand(['domuuid', option('domain', name)], (output) => output.trim());
}
