/** The sources that a disk's data come from: its own, and those of the levels of its backing chain that are written down. */
import { attribute, attributeValue, child, childElements } from '../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../xml/tree.ts';
import type { Disk } from './disk.ts';
import type { Domain } from './domain.ts';

export interface StorageSource {
  readonly disk: Disk;
  /** disk or backingStore: what holds the source. */
  readonly holder: XmlElement;
  /** @type of the holder: where the data lie. */
  readonly type: string;
  /** The attribute that says how the image is written: driver/@type, or format/@type of a backing level. */
  readonly format: XmlAttribute | undefined;
  readonly element: XmlElement;
  /** source/@protocol; undefined where the source is of another type than 'network'. */
  readonly protocol: string | undefined;
  readonly hosts: readonly XmlElement[];
}

/** Every source of the domain's disks that has a `<source>`, the disk's own before those of its backing chain. */
export function storageSources(domain: Domain): readonly StorageSource[] {
  return domain.keep('storage sources', () => domain.disks.flatMap((disk) => [...chainOf(disk)]));
}

function* chainOf(disk: Disk): Generator<StorageSource> {
  let format = attribute(disk.driver, 'type');
  for (let holder: XmlElement | undefined = disk.element; holder; holder = child(holder, 'backingStore')) {
    const element = child(holder, 'source');
    if (holder !== disk.element) format = attribute(child(holder, 'format'), 'type');
    if (!element) continue;
    const type = attributeValue(holder, 'type') ?? 'file';
    const protocol = type === 'network' ? attributeValue(element, 'protocol') : undefined;
    yield { disk, holder, type, format, element, protocol, hosts: childElements(element, 'host') };
  }
}

/** `<auth>` or `<encryption>` of a source: inside it since libvirt 3.9.0, or beside that of the disk. */
export function partsOf(source: StorageSource, name: 'auth' | 'encryption'): readonly XmlElement[] {
  const beside = source.holder === source.disk.element ? childElements(source.holder, name) : [];
  return [...childElements(source.element, name), ...beside];
}
