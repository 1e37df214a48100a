/** What makes an element the same element in another text, whatever else of it changes: the target of a disk, the MAC of an interface. */
import { attributeValue, child, textOf } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { sizeInBytes } from './equivalence.ts';

type Identity = (element: XmlElement) => string | undefined;

const identities: Readonly<Record<string, Identity>> = {
  disk: (disk) => attributeValue(child(disk, 'target'), 'dev'),
  interface: (networkInterface) => attributeValue(child(networkInterface, 'mac'), 'address')?.toLowerCase(),
  controller: (controller) => together(attributeValue(controller, 'type'), attributeValue(controller, 'index')),
  filesystem: (filesystem) => attributeValue(child(filesystem, 'target'), 'dir'),
  channel: (channel) => attributeValue(child(channel, 'target'), 'name'),
  hostdev: (hostdev) => hostAddress(child(hostdev, 'source')),
  graphics: by('type'),
  audio: by('id'),
  memory: (memory) => (memory.parent?.name === 'devices' ? undefined : 'memory'),
  shmem: by('name'),
  feature: by('name'),
  timer: by('name'),
  cell: by('id'),
  sibling: by('id'),
  vcpu: by('id'),
  iothread: by('id'),
  vcpupin: by('vcpu'),
  iothreadpin: by('iothread'),
  vcpusched: by('vcpus'),
  memnode: by('cellid'),
  cachetune: by('vcpus'),
  entry: by('name'),
  seclabel: by('model'),
  boot: by('dev'),
  input: (input) => together(attributeValue(input, 'type'), attributeValue(input, 'bus')),
  page: (page) => sizeInBytes(attributeValue(page, 'size') ?? '', attributeValue(page, 'unit'))?.toString(),
  device: by('path'),
};

/** Undefined where nothing tells an element from others of its name. */
export function identityOf(element: XmlElement): string | undefined {
  return identities[element.name]?.(element);
}

function by(name: string): Identity {
  return (element) => attributeValue(element, name);
}

/** A device of the host is the same wherever the guest sees it. */
function hostAddress(source: XmlElement | undefined): string | undefined {
  const address = source && child(source, 'address');
  if (!address) return undefined;
  return address.attributes
    .filter(({ name }) => name !== 'type')
    .map(({ name, value }) => `${name}=${Number.isNaN(Number(value)) ? value : Number(value)}`)
    .sort()
    .join(' ');
}

function together(...parts: readonly (string | undefined)[]): string | undefined {
  return parts.every((part) => part !== undefined) ? parts.join(' ') : undefined;
}

/** Elements whose order means something: the first one to boot from, the first argument. */
const ordered = new Set(['os/boot', 'commandline/arg', 'os/initarg', 'os/initenv']);

export function isOrdered(element: XmlElement): boolean {
  return ordered.has(`${element.parent?.name.replace(/^.*:/, '')}/${element.name.replace(/^.*:/, '')}`);
}

/** The text of an ordered element, or what stands for it. */
export function orderKey(element: XmlElement): string {
  return [...element.attributes.map(({ name, value }) => `${name}=${value}`), textOf(element)].join(' ').trim();
}
