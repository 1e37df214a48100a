/** How sentences call the parts of a domain. */
import { attributeValue, child, textOf } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { identityOf } from './identity.ts';

type Namer = (element: XmlElement) => string;

const devices: Readonly<Record<string, Namer>> = {
  disk: (disk) => {
    const device = attributeValue(disk, 'device');
    const name = device === 'cdrom' ? 'CD-ROM' : device === 'floppy' ? 'Floppy' : 'Disk';
    return `${name} ${attributeValue(child(disk, 'target'), 'dev') ?? ''}`;
  },
  interface: (networkInterface) =>
    `Network interface ${attributeValue(child(networkInterface, 'mac'), 'address') ?? ''}`,
  controller: (controller) =>
    `Controller ${attributeValue(controller, 'type') ?? ''} ${attributeValue(controller, 'index') ?? ''}`,
  graphics: (graphics) => `Display ${attributeValue(graphics, 'type')?.toUpperCase() ?? ''}`,
  channel: (channel) => `Channel ${attributeValue(child(channel, 'target'), 'name') ?? ''}`,
  filesystem: (filesystem) => `Shared folder ${attributeValue(child(filesystem, 'target'), 'dir') ?? ''}`,
  hostdev: (hostdev) => `Host device (${attributeValue(hostdev, 'type') ?? 'pci'})`,
  input: (input) => `Input ${attributeValue(input, 'type') ?? ''}`,
  memory: (memory) => `Memory module ${attributeValue(memory, 'model') ?? ''}`,
  video: (video) => `Video ${attributeValue(child(video, 'model'), 'type') ?? ''}`,
  emulator: () => 'Emulator',
  memballoon: () => 'Memory balloon',
  rng: () => 'Random number generator',
  tpm: () => 'TPM',
};

const elements: Readonly<Record<string, string>> = {
  memory: 'Memory',
  currentMemory: 'Current memory',
  vcpu: 'vCPUs',
  name: 'Name',
  title: 'Title',
  description: 'Description',
  iothreads: 'IOThreads',
};

/** The device that an element is or stands in, else the element itself: what a sentence is about. */
export function subjectOf(element: XmlElement): XmlElement {
  for (let at: XmlElement | null = element; at; at = at.parent) if (at.parent?.name === 'devices') return at;
  return element;
}

/** `Disk vda`, `Memory`, `<on_crash>`. */
export function nameOf(element: XmlElement): string {
  const isDevice = element.parent?.name === 'devices';
  const name = isDevice ? devices[element.name]?.(element) : elements[element.name];
  return name?.trim() ?? `<${element.name}>`;
}

/** What tells a device from others for a person: the image of a disk, the network of an interface. */
export function detailOf(element: XmlElement): string {
  const source = child(element, 'source');
  const detail =
    source?.attributes.filter(({ name }) =>
      ['file', 'dev', 'pool', 'volume', 'name', 'network', 'bridge', 'dir', 'path'].includes(name),
    ) ?? [];
  if (detail.length > 0) return detail.map(({ value }) => value).join('/');
  const own = textOf(element) || (attributeValue(element, 'type') ?? '');
  return own || (subjectOf(element).parent?.name === 'devices' ? '' : (identityOf(element) ?? ''));
}
