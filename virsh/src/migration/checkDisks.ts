/** Whether the target reaches the data of each disk, and whether the page cache of the source can spoil them. */
import { phrase, say } from '../../../server/src/l10n/say.ts';
import type { XmlNode } from '../output/xml.ts';
import type { MigrationFacts, MigrationFinding } from './types.ts';

/** Pools whose data several hosts reach. */
const sharedPools: ReadonlySet<string | undefined> = new Set([
  'netfs',
  'gluster',
  'iscsi',
  'iscsi-direct',
  'rbd',
  'mpath',
  'sheepdog',
  'vstorage',
]);
/** Cache modes that keep nothing of a disk in the source's page cache. */
const direct: ReadonlySet<string | undefined> = new Set(['none', 'directsync']);
const copying = phrase`Copy it along: --copy-storage-all. Where the pool of the target does not have the directory, make an image of the same size there first.`;

export function* checkDisks(domain: XmlNode, facts: MigrationFacts): Generator<MigrationFinding> {
  for (const disk of domain.at('devices').all('disk')) {
    const subject = `${disk.attribute('device') ?? 'disk'} ${disk.at('target').attribute('dev') ?? '?'}`;
    const reached = reach(disk, subject, facts);
    if (reached) yield reached;
    yield* cached(disk, subject, reached, facts);
    yield* secretsOf(disk, subject, facts);
  }
}

/** The path of a disk whose data are a file or device of the host. */
export function localPath(disk: XmlNode): string | undefined {
  const type = disk.attribute('type') ?? 'file';
  if (type !== 'file' && type !== 'block') return undefined;
  return disk.at('source').attribute(type === 'file' ? 'file' : 'dev');
}

function reach(disk: XmlNode, subject: string, { paths, target }: MigrationFacts): MigrationFinding | undefined {
  const type = disk.attribute('type') ?? 'file';
  const source = disk.at('source');
  const path = localPath(disk);
  if (path !== undefined) return reachPath(disk, subject, path, paths.get(path), target.name);
  if (type === 'network') {
    const message = say`It is on the network (${source.attribute('protocol') ?? say`unknown protocol`}); whether ${target.name} may reach it there is seen only when it does.`;
    return { weight: 'fine', subject, message };
  }
  if (type === 'volume') return reachVolume(subject, source.attribute('pool') ?? '', target);
  if (type === 'nvme') {
    return {
      weight: 'blocks',
      subject,
      message: say`It is an NVMe namespace of the source alone.`,
      wayOut: String(copying),
    };
  }
  if (!source.exists) return { weight: 'fine', subject, message: say`Empty.` };
  const message = say`Its data come from the source's own ${type}; the same has to be on ${target.name}.`;
  return { weight: 'endangers', subject, message };
}

function reachPath(
  disk: XmlNode,
  subject: string,
  path: string,
  place: { readonly sourcePool: string | undefined; readonly targetPool: string | undefined } = {
    sourcePool: undefined,
    targetPool: undefined,
  },
  host: string,
): MigrationFinding {
  const { sourcePool, targetPool } = place;
  if (sharedPools.has(targetPool))
    return {
      weight: 'fine',
      subject,
      message: say`${path} is on shared storage (${targetPool}), which ${host} has too.`,
    };
  const isMedium = disk.attribute('device') === 'cdrom' || disk.attribute('device') === 'floppy';
  if (isMedium || disk.at('readonly').exists) {
    if (targetPool !== undefined)
      return { weight: 'fine', subject, message: say`Read-only, and ${host} has a file at ${path}.` };
    const message = say`Read-only, but no pool of ${host} has ${path}: without the file the VM cannot start there.`;
    return { weight: 'endangers', subject, message, wayOut: say`Eject the medium, or put the file at the same place.` };
  }
  if (targetPool !== undefined) {
    return {
      weight: 'endangers',
      subject,
      message: say`Both hosts have ${path}, in a pool of the type ${targetPool}: the same data only if the directory is shared (NFS, a cluster file system). Two files with one name would be two disks.`,
      wayOut: say`Make sure that it is one file, or copy it along with --copy-storage-all.`,
    };
  }
  if (sourcePool === undefined) {
    const message = say`${path} is in no active pool of either host, so that libvirt cannot be asked whether ${host} has it. A local file makes libvirt refuse to move the VM.`;
    return { weight: 'endangers', subject, message, wayOut: String(copying) };
  }
  const message = say`${path} is on the source alone: no pool of ${host} has it.`;
  return { weight: 'blocks', subject, message, wayOut: String(copying) };
}

function reachVolume(subject: string, pool: string, { pools, name }: MigrationFacts['target']): MigrationFinding {
  if (pools === undefined) return { weight: 'unknown', subject, message: say`${name} does not tell its pools.` };
  return pools.includes(pool)
    ? {
        weight: 'endangers',
        subject,
        message: say`${name} has a pool called ${pool} too. It has to be the same storage.`,
      }
    : {
        weight: 'blocks',
        subject,
        message: say`${name} has no active pool called ${pool}.`,
        wayOut: say`Define and start the pool ${pool} there.`,
      };
}

function* cached(
  disk: XmlNode,
  subject: string,
  reached: MigrationFinding | undefined,
  { target }: MigrationFacts,
): Generator<MigrationFinding> {
  const mode = disk.at('driver').attribute('cache');
  const isWritten = !disk.at('readonly').exists && (disk.attribute('device') ?? 'disk') === 'disk';
  // rbd has a cache of its own, which QEMU empties. What is copied along is not shared.
  const isCached = isWritten && localPath(disk) !== undefined && !direct.has(mode);
  if (!isCached || reached?.weight === 'blocks') return;
  yield {
    weight: 'endangers',
    subject,
    message: say`The source caches it (cache='${mode ?? 'default'}'): on shared storage ${target.name} may read old data, and a libvirt or QEMU that cannot drop the cache refuses to move the VM.`,
    wayOut: say`Set cache='none' and start the VM again from cold.`,
  };
}

function* secretsOf(disk: XmlNode, subject: string, { target }: MigrationFacts): Generator<MigrationFinding> {
  const source = disk.at('source');
  const holders = [disk.at('auth'), source.at('auth'), disk.at('encryption'), source.at('encryption')];
  for (const secret of holders.flatMap((holder) => holder.all('secret'))) {
    const wanted = secret.attribute('uuid') ?? secret.attribute('usage') ?? '';
    if (target.secrets === undefined)
      yield { weight: 'unknown', subject, message: say`${target.name} does not tell its secrets.` };
    else if (!target.secrets.includes(wanted)) {
      const wayOut = say`Define the secret there and set its value (secret-define, secret-set-value).`;
      yield { weight: 'blocks', subject, message: say`${target.name} has no secret ${wanted}.`, wayOut };
    }
  }
}
