/** Which kinds of snapshot a domain can have made, and why not the other. */
import { say } from '../../../server/src/l10n/say.ts';
import { readXml, type XmlNode } from '../output/xml.ts';

export interface SnapshotKinds {
  /** Why disks and memory cannot be kept inside the disks' own files; undefined where they can. */
  readonly internalObstacle: string | undefined;
  /** Disks of which nothing is kept: `vdb (raw)`. */
  readonly leftOut: readonly string[];
}

/** By the XML of the domain as it is now. */
export function snapshotKinds(domainXml: string): SnapshotKinds {
  const domain = readXml(domainXml, 'domain');
  const disks = domain.at('devices').all('disk').filter(isWritable);
  const raw = disks.filter((disk) => formatOf(disk) !== 'qcow2').map((disk) => `${targetOf(disk)} (${formatOf(disk)})`);
  const variables = domain.at('os', 'loader').attribute('type') === 'pflash' || domain.at('os').attribute('firmware');
  const variablesFormat = domain.at('os', 'nvram').attribute('format') ?? 'raw';
  const left = disks.filter((disk) => disk.attribute('snapshot') === 'no').map(targetOf);
  return { internalObstacle: obstacle(disks, raw, Boolean(variables) && variablesFormat !== 'qcow2'), leftOut: left };
}

function obstacle(disks: readonly XmlNode[], raw: readonly string[], hasRawVariables: boolean): string | undefined {
  if (disks.length === 0) return say`the VM has no disk that it writes to`;
  if (raw.length > 0) return say`only qcow2 files can hold a snapshot: ${raw.join(say`, `)}`;
  if (hasRawVariables) return say`the UEFI variables are in a file that cannot hold a snapshot`;
  return undefined;
}

function isWritable(disk: XmlNode): boolean {
  const device = disk.attribute('device') ?? 'disk';
  return device === 'disk' && !disk.at('readonly').exists && disk.at('source').exists;
}

const formatOf = (disk: XmlNode): string => disk.at('driver').attribute('type') ?? 'raw';
const targetOf = (disk: XmlNode): string => disk.at('target').attribute('dev') ?? '';
