/** The parts of a domain's XML that lists, plans and messages show. */
import { readXml, type XmlNode } from './xml.ts';

export interface DomainSummary {
  readonly name: string;
  readonly uuid: string;
  readonly title: string | undefined;
  readonly disks: readonly DiskSummary[];
  readonly interfaces: readonly InterfaceSummary[];
  /** The file with the firmware's variables. */
  readonly nvram: string | undefined;
}

export interface DiskSummary {
  /** `vda`, `sdb`, … */
  readonly target: string;
  readonly device: string;
  readonly type: string;
  /** A path, `POOL/VOLUME`, or the name on a network; undefined for an empty drive. */
  readonly source: string | undefined;
  readonly readOnly: boolean;
}

export interface InterfaceSummary {
  readonly type: string;
  readonly mac: string | undefined;
  /** The network, bridge or device that it is connected to. */
  readonly source: string | undefined;
}

/** `dumpxml`. */
export function parseDomain(output: string): DomainSummary {
  const domain = readXml(output, 'domain');
  const devices = domain.at('devices');
  return {
    name: domain.at('name').text ?? '',
    uuid: domain.at('uuid').text ?? '',
    title: domain.at('title').text,
    disks: devices.all('disk').map(disk),
    interfaces: devices.all('interface').map(networkInterface),
    nvram: domain.at('os', 'nvram').text ?? domain.at('os', 'nvram', 'source').attribute('file'),
  };
}

/** All that the disks of a domain need: their sources, what these are built upon, and what they are being copied to. */
export function diskSourcesOf(output: string): readonly string[] {
  return readXml(output, 'domain').at('devices').all('disk').flatMap(chainOf);
}

function chainOf(node: XmlNode): readonly string[] {
  const source = nameOf(node.at('source'));
  const further = [node.at('backingStore'), node.at('mirror')].filter(({ exists }) => exists);
  return [...(source === undefined ? [] : [source]), ...further.flatMap(chainOf)];
}

function disk(node: XmlNode): DiskSummary {
  return {
    target: node.at('target').attribute('dev') ?? '',
    device: node.attribute('device') ?? 'disk',
    type: node.attribute('type') ?? 'file',
    source: nameOf(node.at('source')),
    readOnly: node.at('readonly').exists,
  };
}

function nameOf(source: XmlNode): string | undefined {
  const pool = source.attribute('pool');
  const volume = source.attribute('volume');
  if (pool !== undefined && volume !== undefined) return `${pool}/${volume}`;
  return source.attribute('file') ?? source.attribute('dev') ?? source.attribute('dir') ?? source.attribute('name');
}

function networkInterface(node: XmlNode): InterfaceSummary {
  const source = node.at('source');
  return {
    type: node.attribute('type') ?? '',
    mac: node.at('mac').attribute('address'),
    source: source.attribute('network') ?? source.attribute('bridge') ?? source.attribute('dev'),
  };
}
