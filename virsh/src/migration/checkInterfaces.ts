/** Whether the networks, bridges and devices that the domain's interfaces plug into are on the target. */
import { say } from '../../../server/src/l10n/say.ts';
import type { XmlNode } from '../output/xml.ts';
import type { MigrationFacts, MigrationFinding, TargetFacts } from './types.ts';

export function* checkInterfaces(domain: XmlNode, { target }: MigrationFacts): Generator<MigrationFinding> {
  for (const device of domain.at('devices').all('interface')) {
    const subject = say`interface ${device.at('mac').attribute('address') ?? '?'}`;
    const finding = checkInterface(device, subject, target);
    if (finding) yield finding;
  }
}

function checkInterface(device: XmlNode, subject: string, target: TargetFacts): MigrationFinding | undefined {
  const type = device.attribute('type') ?? '';
  const source = device.at('source');
  switch (type) {
    case 'network':
      return network(subject, source.attribute('network') ?? '', target);
    case 'bridge':
      return hostDevice(subject, 'bridge', source.attribute('bridge') ?? '', target);
    case 'direct':
      return hostDevice(subject, say`network device`, source.attribute('dev') ?? '', target);
    case 'user':
      return {
        weight: 'endangers',
        subject,
        message: say`Its connections to the outside end: the network inside QEMU does not move.`,
      };
    case 'ethernet':
    case 'vhostuser': {
      const name = device.at('target').attribute('dev') ?? source.attribute('path') ?? say`what it plugs into`;
      const message = say`It is of the type ${type}: ${name} has to be made on ${target.name} first, and libvirt cannot be asked about it.`;
      return { weight: 'endangers', subject, message };
    }
    case 'vdpa':
      return {
        weight: 'blocks',
        subject,
        message: say`A vDPA device cannot hand over its state.`,
        wayOut: say`Take a virtio interface, or detach it for the move.`,
      };
    default:
      // hostdev is said with the devices of the host.
      return undefined;
  }
}

function network(subject: string, name: string, { networks, name: host }: TargetFacts): MigrationFinding {
  if (networks === undefined) return { weight: 'unknown', subject, message: say`${host} does not tell its networks.` };
  if (networks.active.includes(name))
    return { weight: 'fine', subject, message: say`${host} has the network ${name}.` };
  return networks.inactive.includes(name)
    ? {
        weight: 'blocks',
        subject,
        message: say`The network ${name} is not active on ${host}.`,
        wayOut: say`Start it there (net-start), and let it start with the host (net-autostart).`,
      }
    : {
        weight: 'blocks',
        subject,
        message: say`${host} has no network ${name}.`,
        wayOut: say`Define it there, or name another network in the XML that is sent along (virsh migrate --xml).`,
      };
}

function hostDevice(
  subject: string,
  what: string,
  name: string,
  { networkDevices, name: host }: TargetFacts,
): MigrationFinding {
  if (networkDevices === undefined || networkDevices.length === 0)
    return {
      weight: 'unknown',
      subject,
      message: say`${host} does not tell its network devices; the VM needs the ${what} ${name} there.`,
    };
  return networkDevices.some((device) => isNetworkDevice(device, name))
    ? { weight: 'fine', subject, message: say`${host} has the ${what} ${name}.` }
    : {
        weight: 'blocks',
        subject,
        message: say`${host} has no ${what} ${name}.`,
        wayOut: say`Make it there, or name another in the XML that is sent along (virsh migrate --xml).`,
      };
}

/** libvirt calls a network device `net_NAME_MAC` with `_` for everything that is no letter or digit. */
export function isNetworkDevice(device: string, name: string): boolean {
  return device.replace(/(?:_[0-9a-f]{2}){6}$/, '') === `net_${name.replaceAll(/[^A-Za-z0-9]/g, '_')}`;
}
