/** What rules ask of a disk, read from its element. */
import { say } from '../l10n/say.ts';
import { attribute, attributeValue, child } from '../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../xml/tree.ts';

export interface Disk {
  readonly element: XmlElement;
  /** disk/@type: where the data lie. libvirt's default is 'file'. */
  readonly type: string;
  /** disk/@device: what the guest sees. Default 'disk'. */
  readonly device: string;
  /** target/@bus, else what libvirt derives from the name in target/@dev; undefined where neither tells. */
  readonly bus: string | undefined;
  /** target/@dev. */
  readonly target: string | undefined;
  /** driver/@type: the image format, or undefined where it is not stated. */
  readonly format: string | undefined;
  readonly driver: XmlElement | undefined;
  readonly source: XmlElement | undefined;
  /** source/@file, /@dev, /@dir or, of a network disk, /@name. */
  readonly path: string | undefined;
  readonly readOnly: boolean;
  readonly shareable: boolean;
  readonly transient: boolean;
  /** A disk (or LUN) that the guest may write to: not a cdrom or floppy, not readonly. */
  readonly writable: boolean;
}

/** libvirt takes the bus from the prefix of target/@dev where @bus is missing (virDiskNameToBusDeviceIndex and post-parse). */
const BUS_OF_PREFIX: Readonly<Record<string, string>> = { hd: 'ide', sd: 'scsi', vd: 'virtio', xvd: 'xen', ubd: 'uml' };

export function readDisk(element: XmlElement): Disk {
  const target = child(element, 'target');
  const driver = child(element, 'driver');
  const source = child(element, 'source');
  const device = attributeValue(element, 'device') ?? 'disk';
  const readOnly = device === 'cdrom' || child(element, 'readonly') !== undefined;
  return {
    element,
    type: attributeValue(element, 'type') ?? 'file',
    device,
    bus: attributeValue(target, 'bus') ?? busOfName(attributeValue(target, 'dev'), device),
    target: attributeValue(target, 'dev'),
    format: attributeValue(driver, 'type'),
    driver,
    source,
    path:
      attributeValue(source, 'file') ??
      attributeValue(source, 'dev') ??
      attributeValue(source, 'dir') ??
      attributeValue(source, 'name'),
    readOnly,
    shareable: child(element, 'shareable') !== undefined,
    transient: child(element, 'transient') !== undefined,
    writable: (device === 'disk' || device === 'lun') && !readOnly,
  };
}

function busOfName(name: string | undefined, device: string): string | undefined {
  if (device === 'floppy') return 'fdc';
  const prefix = /^(hd|sd|vd|xvd|ubd)/.exec(name ?? '')?.[1];
  return prefix === undefined ? undefined : BUS_OF_PREFIX[prefix];
}

/** An attribute of the disk's driver element. */
export function driverAttribute(disk: Disk, name: string): XmlAttribute | undefined {
  return attribute(disk.driver, name);
}

/** "disk vda", or "disk" where it has no target name: how messages call it. */
export function diskName(disk: Disk): string {
  const noun = disk.device === 'disk' || disk.device === 'lun' ? say`disk` : disk.device;
  return disk.target ? `${noun} ${disk.target}` : noun;
}
