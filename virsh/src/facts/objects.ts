/** Networks and other VMs of a host, as facts: of each what another VM may need or must not take, and nothing else. */
import { formatCpuset, parseCpuset } from '../../../server/src/domain/cpuset.ts';
import type { HostDomain, HostNetwork } from '../../../server/src/host/facts.ts';
import type { HostObject } from '../inventory.ts';
import { readXml, type XmlNode } from '../output/xml.ts';

/** @param dump what `net-dumpxml` printed; undefined where it could not be had */
export function readNetwork(object: HostObject, dump: string | undefined): HostNetwork {
  const network = dump === undefined ? undefined : readXml(dump, 'network');
  const bridge = network?.at('bridge').attribute('name');
  const forward = network?.at('forward');
  const portgroups = (network?.all('portgroup') ?? []).flatMap((one) => one.attribute('name') ?? []);
  return {
    ...object,
    ...(bridge !== undefined && { bridge }),
    ...(forward?.exists && { forward: forward.attribute('mode') ?? 'nat' }),
    ...(portgroups.length > 0 && { portgroups }),
  };
}

/** @param dump what `dumpxml` printed */
export function readOtherDomain(identity: Pick<HostDomain, 'name' | 'uuid' | 'isActive'>, dump: string): HostDomain {
  const domain = readXml(dump, 'domain');
  const devices = domain.at('devices');
  const macs = devices.all('interface').flatMap((one) => one.at('mac').attribute('address')?.toLowerCase() ?? []);
  const images = devices.all('disk').flatMap((disk) => ownImage(disk) ?? []);
  const nvram = domain.at('os', 'nvram').text ?? domain.at('os', 'nvram', 'source').attribute('file');
  const pins = domain.at('cputune').all('vcpupin');
  const pinned = new Set(pins.flatMap((pin) => [...(parseCpuset(pin.attribute('cpuset') ?? '') ?? [])]));
  const hugePages = hugePagesOf(domain);
  const given = [...devices.all('hostdev'), ...devices.all('interface')].flatMap((one) => pciAddress(one) ?? []);
  return {
    ...identity,
    ...(macs.length > 0 && { macs }),
    ...(images.length > 0 && { images }),
    ...(nvram !== undefined && { nvram }),
    ...(pinned.size > 0 && { pinned: formatCpuset(pinned) }),
    ...(hugePages && { hugePages }),
    ...(given.length > 0 && { hostDevices: given }),
  };
}

/** libvirt prints memory, and sizes of pages, in KiB. Several sizes are for several cells, and not added up here. */
function hugePagesOf(domain: XmlNode): HostDomain['hugePages'] {
  const [page, ...others] = domain.at('memoryBacking', 'hugepages').all('page');
  const [size, memory] = [page?.attribute('size'), domain.at('memory').text].map(Number);
  if (!size || !memory || others.length > 0) return undefined;
  return { size, count: Math.ceil(memory / size) };
}

/** A local image that no other VM can write to without harm. */
function ownImage(disk: XmlNode): string | undefined {
  const device = disk.attribute('device') ?? 'disk';
  const isOwn = ['disk', 'lun'].includes(device) && !disk.at('readonly').exists && !disk.at('shareable').exists;
  return isOwn ? (disk.at('source').attribute('file') ?? disk.at('source').attribute('dev')) : undefined;
}

function pciAddress(device: XmlNode): string | undefined {
  const address = device.at('source', 'address');
  const type = address.attribute('type') ?? device.attribute('type');
  if (!address.exists || type !== 'pci') return undefined;
  const part = (name: string, digits: number): string =>
    Number(address.attribute(name) ?? 0)
      .toString(16)
      .padStart(digits, '0');
  return `${part('domain', 4)}:${part('bus', 2)}:${part('slot', 2)}.${part('function', 1)}`;
}
