/** The commands on snapshots. */
import { executing } from '../commands/executing.ts';
import type { ClientContext } from '../context.ts';
import { deleteSnapshot, revertSnapshot } from './changeSnapshot.ts';
import { compareSnapshot } from './compareSnapshot.ts';
import { createSnapshot } from './createSnapshot.ts';
import { listSnapshots } from './listSnapshots.ts';

export function registerSnapshotCommands(context: ClientContext): void {
  executing(context, 'libvirt.createSnapshot', createSnapshot);
  executing(context, 'libvirt.listSnapshots', listSnapshots);
  executing(context, 'libvirt.compareSnapshot', compareSnapshot);
  executing(context, 'libvirt.revertSnapshot', revertSnapshot);
  executing(context, 'libvirt.deleteSnapshot', deleteSnapshot);
}
