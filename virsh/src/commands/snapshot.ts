/** Commands that look at snapshots. */
import { option, readCommand, type VirshCommand } from '../command.ts';
import { parseNames } from '../output/text.ts';

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

/** Names of the checkpoints of a domain: the points from which incremental backups go on. */
export function listCheckpoints(domain: string): VirshCommand<readonly string[]> {
  return readCommand(['checkpoint-list', option('domain', domain), '--name'], parseNames);
}
