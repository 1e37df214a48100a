/** Character devices: whatever the guest sees, the host's side is the same pair of @type and `<source>`. */
import { attributeValue, child, childElements } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';
import type { Domain } from './domain.ts';

export interface CharacterDevice {
  /** serial, parallel, console, channel, redirdev, smartcard or rng. */
  readonly device: XmlElement;
  /** The element that has @type and `<source>`: the device, or the backend of an rng. */
  readonly holder: XmlElement;
  /** Where the bytes go on the host: 'pty' (libvirt's default), 'unix', 'tcp', 'spicevmc', … */
  readonly type: string;
  /** One, and two at most of a `udp` device. */
  readonly sources: readonly XmlElement[];
  readonly target: XmlElement | undefined;
  /** The first console, which is the first serial port by another name: where there is one, libvirt uses nothing of the console. */
  readonly isSerialAgain: boolean;
  /** target/@type: 'isa-serial', 'virtio', 'guestfwd', …; undefined where libvirt chooses. */
  readonly targetType: string | undefined;
}

/** In document order of each kind. */
export function characterDevices(domain: Domain): readonly CharacterDevice[] {
  return domain.keep('characterDevices', () => [
    ...['serial', 'parallel', 'console', 'channel', 'redirdev'].flatMap((name) =>
      domain.devices(name).map((device) => ({ ...read(device, device), isSerialAgain: isSerialAgain(device, domain) })),
    ),
    ...domain
      .devices('smartcard')
      .filter((device) => attributeValue(device, 'mode') === 'passthrough')
      .map((device) => read(device, device)),
    ...domain.devices('rng').flatMap((device) =>
      childElements(device, 'backend')
        .filter((backend) => attributeValue(backend, 'model') === 'egd')
        .map((backend) => read(device, backend)),
    ),
  ]);
}

function isSerialAgain(device: XmlElement, domain: Domain): boolean {
  if (device !== domain.devices('console')[0] || domain.devices('serial').length === 0) return false;
  return ['serial', undefined].includes(attributeValue(child(device, 'target'), 'type'));
}

/** Those of one kind: 'serial', 'console', … */
export function characterDevicesOf(domain: Domain, name: string): readonly CharacterDevice[] {
  return characterDevices(domain).filter(({ device }) => device.name === name);
}

function read(device: XmlElement, holder: XmlElement): CharacterDevice {
  const target = child(device, 'target');
  return {
    device,
    holder,
    type: attributeValue(holder, 'type') ?? 'pty',
    sources: childElements(holder, 'source'),
    target,
    isSerialAgain: false,
    targetType: attributeValue(target, 'type'),
  };
}
