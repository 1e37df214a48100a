/** Whether the target reaches the data of each disk, and whether the page cache of the source can spoil them. */
import { phrase, say } from '../../../server/src/l10n/say.ts';
import type { XmlNode } from '../output/xml.ts';
import { isCopyable } from './copying.ts';
import { localPath, sharedPools } from './diskPlaces.ts';
import type { MigrationFacts, MigrationFinding, PathPlace } from './types.ts';

/** Cache modes that keep nothing of a disk in the source's page cache. */
const direct: ReadonlySet<string | undefined> = new Set(['none', 'directsync']);
const copying = phrase`Copy it along: --copy-storage-all. Where the pool of the target does not have the directory, make an image of the same size there first.`;

export function* checkDisks(domain: XmlNode, facts: MigrationFacts): Generator<MigrationFinding> {
  for (const disk of domain.at('devices').all('disk')) {
    const device = disk.attribute('device') ?? say`disk`;
    const subject = `${device} ${disk.at('target').attribute('dev') ?? '?'}`;
    const reached = reach(disk, subject, facts);
    if (reached) yield reached;
    yield* cached(disk, subject, reached, facts);
    yield* secretsOf(disk, subject, facts);
  }
}

function reach(
  disk: XmlNode,
  subject: string,
  { paths, target, isCopying }: MigrationFacts,
): MigrationFinding | undefined {
  const type = disk.attribute('type') ?? 'file';
  const source = disk.at('source');
  const path = localPath(disk);
  if (path !== undefined && isCopying && isCopyable(disk, paths.get(path)))
    return copied(subject, path, paths.get(path), target.name);
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
  { sourcePool, targetPool }: Partial<PathPlace> = {},
  host: string,
): MigrationFinding {
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

/** The disk is copied along: libvirt makes the image in a pool, and writes over one that is there. */
function copied(
  subject: string,
  path: string,
  { targetPool, targetDirectory }: Partial<PathPlace> = {},
  host: string,
): MigrationFinding {
  if (targetPool !== undefined) {
    const message = say`${host} has a file at ${path} already: copying the disk along would write over it.`;
    const wayOut = say`Rename or remove that file. Where it is the same file on shared storage, copy nothing along.`;
    return { weight: 'blocks', subject, message, wayOut };
  }
  const folder = path.slice(0, path.lastIndexOf('/')) || '/';
  if (targetDirectory === undefined) {
    const message = say`It cannot be copied along: no active pool of ${host} has the directory ${folder}, in which libvirt would have to make ${path}.`;
    const wayOut = say`Make a pool over that directory there: virsh pool-create-as NAME dir --target ${folder}`;
    return { weight: 'blocks', subject, message, wayOut };
  }
  return { weight: 'fine', subject, message: say`Copied along into the pool ${targetDirectory} of ${host}: ${path}.` };
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
  { target, paths, isCopying }: MigrationFacts,
): Generator<MigrationFinding> {
  const mode = disk.at('driver').attribute('cache');
  const isWritten = !disk.at('readonly').exists && (disk.attribute('device') ?? 'disk') === 'disk';
  const path = localPath(disk);
  // rbd has a cache of its own, which QEMU empties.
  const isCached = isWritten && path !== undefined && !direct.has(mode);
  if (!isCached || reached?.weight === 'blocks') return;
  // What is copied along is not shared.
  if (isCopying && isCopyable(disk, paths.get(path))) return;
  yield {
    weight: 'endangers',
    subject,
    message: say`The source caches it (cache='${mode ?? 'default'}'): on shared storage ${target.name} may read old data, and a libvirt or QEMU that cannot drop the cache refuses to move the VM.`,
    wayOut: say`Set cache='none' and start the VM again from cold.`,
  };
}

export function* secretsOf(disk: XmlNode, subject: string, { target }: MigrationFacts): Generator<MigrationFinding> {
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
