/** What a snapshot holds. */
import { parseXml } from '../../../server/src/xml/parse.ts';
import { child } from '../../../server/src/xml/query.ts';
import { currentSnapshot, dumpSnapshot, listSnapshots } from '../commands/snapshot.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { readXml } from '../output/xml.ts';
import { type Result, success } from '../result.ts';
import { Batch } from '../run/batch.ts';
import type { Runner, RunOptions } from '../run/runner.ts';

export interface SnapshotDetails {
  readonly name: string;
  readonly description: string | undefined;
  /** `running`, `paused`, `shutoff`, `disk-snapshot`, … */
  readonly state: string;
  readonly created: Date | undefined;
  readonly parent: string | undefined;
  /** The guest's memory is kept as well: reverting goes on from that moment. */
  readonly hasMemory: boolean;
  /** Some of it is in files of its own, which libvirt handles only in newer releases. */
  readonly isExternal: boolean;
  /** The definition that the domain had, as a `<domain>` document. */
  readonly definition: string | undefined;
}

/** `snapshot-dumpxml`. */
export function parseSnapshot(output: string): SnapshotDetails {
  const snapshot = readXml(output, 'domainsnapshot');
  const seconds = Number(snapshot.at('creationTime').text ?? '');
  const memory = snapshot.at('memory').attribute('snapshot') ?? 'no';
  const kinds = snapshot
    .at('disks')
    .all('disk')
    .map((disk) => disk.attribute('snapshot'));
  return {
    name: snapshot.at('name').text ?? '',
    description: snapshot.at('description').text,
    state: snapshot.at('state').text ?? '',
    created: seconds > 0 ? new Date(seconds * 1000) : undefined,
    parent: snapshot.at('parent', 'name').text,
    hasMemory: memory !== 'no',
    isExternal: memory === 'external' || kinds.includes('external'),
    definition: definitionIn(output),
  };
}

/** A running guest's snapshot keeps two: the live one, and in `<inactiveDomain>` the one of the next start. */
function definitionIn(output: string): string | undefined {
  const { root } = parseXml(output);
  const kept = root && (child(root, 'inactiveDomain') ?? child(root, 'domain'));
  if (!kept) return undefined;
  const text = output
    .slice(kept.start, kept.end)
    .replace(/^<inactiveDomain/, '<domain')
    .replace(/<\/inactiveDomain>$/, '</domain>');
  return `${text.replaceAll(/\n {2}/g, '\n')}\n`;
}

export interface SnapshotTree {
  /** In virsh's order, which is by name. */
  readonly snapshots: readonly SnapshotDetails[];
  /** The one that the domain stands on. */
  readonly current: string | undefined;
}

/** All snapshots of a domain: two round trips, however many there are. */
export async function readSnapshotTree(
  runner: Runner,
  uuid: string,
  options: RunOptions = {},
): Promise<Result<SnapshotTree, VirshFailure>> {
  const names = new Batch(runner);
  const answers = Promise.all([names.add(listSnapshots(uuid)), names.add(currentSnapshot(uuid))]);
  await names.send(options);
  const [listed, current] = await answers;
  if (!listed.ok) return listed;
  const dumps = new Batch(runner);
  const dumped = Promise.all(listed.value.map((name) => dumps.add(dumpSnapshot(uuid, name))));
  await dumps.send(options);
  const snapshots = (await dumped).flatMap((dump) => (dump.ok ? [parseSnapshot(dump.value)] : []));
  return success({ snapshots, current: current.ok ? current.value : undefined });
}
