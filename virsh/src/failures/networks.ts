/** Network interfaces, virtual networks and bridges. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

const networkPlaces = ['devices/interface/source@network', 'devices/graphics/listen@network'];

export const networks: readonly FailureEntry[] = [
  {
    pattern: /Network not found: no network with matching name '(.*)'/,
    kind: 'not-found',
    message: phrase`There is no virtual network $1 at {connection}. Create it, or connect the interface to another one.`,
    place: { at: networkPlaces, value: '$1' },
  },
  {
    pattern: /network '(.*)' is not active/,
    kind: 'refused',
    message: phrase`The virtual network $1 is not active. Start it with: virsh net-start $1`,
    place: { at: networkPlaces, value: '$1' },
  },
  {
    pattern: /--br=(\S+) [\s\S]*communicate with bridge helper|communicate with bridge helper/,
    kind: 'permission',
    message: phrase`QEMU’s bridge helper did not connect the VM: the bridge is missing, or /etc/qemu/bridge.conf of {connection} does not allow it.`,
    place: { at: ['devices/interface/source@bridge'], value: '$1' },
  },
  {
    pattern: /Cannot get interface MTU on '(.+?)': No such device/,
    kind: 'not-found',
    message: phrase`{connection} has no bridge $1. Create it there, or connect the interface to another one.`,
    place: { at: ['devices/interface/source@bridge'], value: '$1' },
  },
  {
    pattern: /Unable to get index for interface (\S+): No such device/,
    kind: 'not-found',
    message: phrase`{connection} has no network card $1. Correct <source dev>; ip link lists them.`,
    place: { at: ['devices/interface/source@dev'], value: '$1' },
  },
  {
    pattern: /unable to parse mac address '(.+?)'/,
    kind: 'refused',
    message: phrase`$1 is no MAC address. Correct it, or remove <mac>: libvirt then makes one.`,
    place: { at: ['devices/interface/mac@address'], value: '$1' },
  },
  {
    pattern: /expected unicast mac address, found multicast '(.+?)'/,
    kind: 'refused',
    message: phrase`$1 is the address of a group: its first byte is odd. Take one that begins with 52:54:00.`,
    place: { at: ['devices/interface/mac@address'], value: '$1' },
  },
  {
    pattern: /interface type='(\w+)' requires a 'source' element/,
    kind: 'refused',
    message: phrase`An interface of type $1 does not say what it is connected to. Add <source>.`,
    place: { at: ['devices/interface@type'], value: '$1' },
  },
  {
    pattern: /bridge name '(.+?)' already in use/,
    kind: 'exists',
    message: phrase`Another network of {connection} has the bridge $1. Choose another name, or none: libvirt then takes a free one.`,
  },
  {
    pattern: /error creating bridge interface (\S+): Operation not permitted/,
    kind: 'permission',
    message: phrase`libvirt at {connection} runs without the rights to make a bridge. Use qemu:///system for virtual networks.`,
  },
  {
    pattern: /Unable to find 'dnsmasq' binary/,
    kind: 'unsupported',
    message: phrase`{connection} has no dnsmasq, which gives a virtual network its DHCP and DNS. Install dnsmasq-base there.`,
  },
  {
    pattern: /'.+?' is not a known interface|Failed to extract interface information or no interfaces found/,
    kind: 'not-found',
    message: phrase`The VM has no such network interface (any more).`,
  },
];
