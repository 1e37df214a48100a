/** Commands about the snapshots of a domain. */
import { changeCommand, option, readCommand, type VirshCommand } from '../command.ts';
import { parseNames } from '../output/text.ts';

const hour = 3600 * 1000;
const text = (output: string): string => output;

/** Names of the snapshots of a domain, in virsh's order. */
export function listSnapshots(domain: string): VirshCommand<readonly string[]> {
  return readCommand(['snapshot-list', option('domain', domain), '--name'], parseNames);
}

/** The snapshot that the domain stands on; a failure where there is none. */
export function currentSnapshot(domain: string): VirshCommand<string> {
  return readCommand(['snapshot-current', option('domain', domain), '--name'], (output) =>
    output.replace(/\r?\n$/, ''),
  );
}

/** The `<domainsnapshot>` document, without passwords. */
export function dumpSnapshot(domain: string, name: string): VirshCommand<string> {
  return readCommand(['snapshot-dumpxml', option('domain', domain), option('snapshotname', name)], text);
}

export interface NewSnapshot {
  readonly name: string;
  readonly description?: string;
  /** New files take what is written from now on; the guest's memory is not kept. Without it all goes into the disks' own qcow2 files. */
  readonly isDiskOnly?: boolean;
  /** The guest's agent brings the file systems to rest first; fails without an agent. */
  readonly isQuiesced?: boolean;
}

/** Takes as long as the guest's memory is large, if that is kept. */
export function createSnapshot(
  domain: string,
  { name, description = '', isDiskOnly = false, isQuiesced = false }: NewSnapshot,
): VirshCommand<void> {
  const flags = [...(isDiskOnly ? ['--disk-only', '--atomic'] : []), ...(isQuiesced ? ['--quiesce'] : [])];
  const words = [option('name', name), ...(description === '' ? [] : [option('description', description)])];
  return slow(['snapshot-create-as', option('domain', domain), ...words, ...flags]);
}

export function revertSnapshot(domain: string, name: string, { isForced = false } = {}): VirshCommand<void> {
  const words = [option('domain', domain), option('snapshotname', name)];
  return slow(['snapshot-revert', ...words, ...(isForced ? ['--force'] : [])]);
}

export function deleteSnapshot(domain: string, name: string): VirshCommand<void> {
  return slow(['snapshot-delete', option('domain', domain), option('snapshotname', name)]);
}

/** Names of the checkpoints of a domain: the points from which incremental backups go on. */
export function listCheckpoints(domain: string): VirshCommand<readonly string[]> {
  return readCommand(['checkpoint-list', option('domain', domain), '--name'], parseNames);
}

/** libvirt ends none of these early, not by `domjobabort` either. */
function slow(args: readonly string[]): VirshCommand<void> {
  return { ...changeCommand(args), timeoutMilliseconds: hour, runsToItsEnd: true };
}
