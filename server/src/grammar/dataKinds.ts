/**
 * Words for the kinds of data that libvirt's schema defines, by the name of the definition. The example is a value that
 * fits, used where one has to be written and nothing better is known.
 */
import { type Phrase, phrase } from '../l10n/say.ts';

export interface DataKind {
  readonly words: Phrase;
  readonly example: string;
}

const kind = (words: Phrase, example: string): DataKind => ({ words, example });

export const dataKinds: Readonly<Record<string, DataKind>> = {
  absDirPath: kind(phrase`an absolute path of a folder`, '/path/to/folder'),
  absFilePath: kind(phrase`an absolute path`, '/path/to/file'),
  aliasName: kind(phrase`a name of letters, digits, \`_\`, \`-\` and \`.\``, 'ua-device'),
  ccwCssidRange: kind(phrase`a channel subsystem from \`0x0\` to \`0xfe\``, '0xfe'),
  ccwDevnoRange: kind(phrase`a device number from \`0x0\` to \`0xffff\``, '0x0000'),
  ccwSsidRange: kind(phrase`a subchannel set from \`0\` to \`3\``, '0'),
  cpuset: kind(phrase`a list of CPUs such as \`0-3,^2\``, '0'),
  deviceName: kind(phrase`a device name`, 'eth0'),
  diskSerial: kind(phrase`a serial of letters, digits, blanks, \`_\`, \`.\`, \`+\` and \`-\``, 'serial-1'),
  diskTargetDev: kind(phrase`a disk name such as \`vda\` or \`sda\``, 'vda'),
  dnsName: kind(phrase`a host name`, 'host.example.com'),
  featureName: kind(phrase`a feature of letters, digits, \`-\`, \`_\` and \`.\``, 'feature'),
  filePath: kind(phrase`a path`, '/path/to/file'),
  genericName: kind(phrase`a name of letters, digits, \`_\`, \`+\` and \`-\``, 'name'),
  hexuint: kind(phrase`a hexadecimal number such as \`0x10\``, '0x0'),
  ipv4Addr: kind(phrase`an IPv4 address`, '192.168.122.1'),
  ipv6Addr: kind(phrase`an IPv6 address`, 'fd00::1'),
  ipv4Prefix: kind(phrase`a prefix length from 0 to 32`, '24'),
  ipv6Prefix: kind(phrase`a prefix length from 0 to 128`, '64'),
  memoryKB: kind(phrase`a whole number, 0 or more`, '1048576'),
  objectName: kind(phrase`a name without \`/\``, 'name'),
  objectNameWithSlash: kind(phrase`a name`, 'name'),
  ostypehvm: kind(phrase`a machine type such as \`q35\``, 'q35'),
  pciFunc: kind(phrase`a PCI function from \`0x0\` to \`0x7\``, '0x0'),
  pciSlot: kind(phrase`a PCI slot from \`0x00\` to \`0x1f\``, '0x00'),
  PortNumber: kind(phrase`a port from -1 to 65535`, '-1'),
  timeDelta: kind(phrase`a number of seconds`, '0'),
  timeZone: kind(phrase`a time zone such as \`Europe/Paris\``, 'UTC'),
  uint8: kind(phrase`a number from \`0x00\` to \`0xff\``, '0x00'),
  uint16: kind(phrase`a number from \`0x0000\` to \`0xffff\``, '0x0000'),
  uint24: kind(phrase`a number from \`0x000000\` to \`0xffffff\``, '0x000000'),
  uint32: kind(phrase`a number from \`0x0\` to \`0xffffffff\``, '0x0'),
  uniMacAddr: kind(phrase`the MAC address of one interface, such as \`52:54:00:12:34:56\``, '52:54:00:12:34:56'),
  unit: kind(phrase`a unit such as \`KiB\`, \`MiB\` or \`GiB\``, 'KiB'),
  usbAddr: kind(phrase`a USB number`, '1'),
  usbClass: kind(phrase`a USB class such as \`0x08\``, '0x08'),
  usbId: kind(phrase`a USB id such as \`0x1234\``, '0x0000'),
  usbPort: kind(phrase`a USB port such as \`1.2\``, '1'),
  usbVersion: kind(phrase`a USB version such as \`2.0\``, '2.00'),
  UUID: kind(phrase`a UUID`, '00000000-0000-4000-8000-000000000001'),
  vlan: kind(phrase`a VLAN from 0 to 4095`, '1'),
  volName: kind(phrase`a volume name without \`/\``, 'disk.qcow2'),
  createMode: kind(phrase`an octal file mode such as \`0700\``, '0700'),
  dbusAddr: kind(phrase`a D-Bus address`, 'unix:path=/run/dbus/system_bus_socket'),
  driveBus: kind(phrase`a number from 0 to 99`, '0'),
  driveController: kind(phrase`a number from 0 to 99`, '0'),
  driveTarget: kind(phrase`a number from 0 to 99`, '0'),
  driveUnit: kind(phrase`a number from 0 to 99999`, '0'),
  'filter-param-name': kind(phrase`a name of letters, digits and \`_\``, 'IP'),
  'interface-bridge-attributes': kind(phrase`the name of a bridge`, 'br0'),
  'interface-options': kind(phrase`the name of an interface`, 'eth0'),
  isaaddress: kind(phrase`an address such as \`0x505\``, '0x505'),
  profileName: kind(phrase`a profile name`, 'profile'),
  shmem: kind(phrase`a name without \`/\``, 'name'),
  usbIdDefault: kind(phrase`\`-1\``, '-1'),
  virtioserialPort: kind(phrase`a number from 0 to 99`, '0'),
  vmwarePath: kind(phrase`a path such as \`[datastore] folder/disk.vmdk\``, '[datastore] folder/disk.vmdk'),
  wwn: kind(phrase`a World Wide Name of 16 hexadecimal digits`, '5000c50015ea71ac'),
};
