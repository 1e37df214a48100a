/** How sentences call the parts of a domain. */
import { type Phrase, phrase, say } from '../../../server/src/l10n/say.ts';
import { attributeValue, child, textOf } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { identityOf } from './identity.ts';

type Namer = (element: XmlElement) => string;

const devices: Readonly<Record<string, Namer>> = {
  disk: (disk) => {
    const device = attributeValue(disk, 'device');
    const name = device === 'cdrom' ? say`CD-ROM` : device === 'floppy' ? say`Floppy` : say`Disk`;
    return `${name} ${attributeValue(child(disk, 'target'), 'dev') ?? ''}`;
  },
  interface: (networkInterface) =>
    say`Network interface ${attributeValue(child(networkInterface, 'mac'), 'address') ?? ''}`,
  controller: (controller) =>
    say`Controller ${attributeValue(controller, 'type') ?? ''} ${attributeValue(controller, 'index') ?? ''}`,
  graphics: (graphics) => say`Display ${attributeValue(graphics, 'type')?.toUpperCase() ?? ''}`,
  channel: (channel) => say`Channel ${attributeValue(child(channel, 'target'), 'name') ?? ''}`,
  filesystem: (filesystem) => say`Shared folder ${attributeValue(child(filesystem, 'target'), 'dir') ?? ''}`,
  hostdev: (hostdev) => {
    const type = attributeValue(hostdev, 'type') ?? 'pci';
    return say`Host device (${type})`;
  },
  input: (input) => say`Input ${attributeValue(input, 'type') ?? ''}`,
  memory: (memory) => say`Memory module ${attributeValue(memory, 'model') ?? ''}`,
  video: (video) => say`Video ${attributeValue(child(video, 'model'), 'type') ?? ''}`,
  emulator: () => say`Emulator`,
  memballoon: () => say`Memory balloon`,
  rng: () => say`Random number generator`,
  tpm: () => 'TPM',
};

const elements: Readonly<Record<string, Phrase>> = {
  memory: phrase`Memory`,
  currentMemory: phrase`Current memory`,
  vcpu: phrase`vCPUs`,
  name: phrase`Name`,
  title: phrase`Title`,
  description: phrase`Description`,
  iothreads: phrase`IOThreads`,
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
  return name?.toString().trim() ?? `<${element.name}>`;
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
