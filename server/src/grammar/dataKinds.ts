/**
 * Words for the kinds of data that libvirt's schema defines, by the name of the definition. The example is a value that
 * fits, used where one has to be written and nothing better is known.
 */
export interface DataKind {
  readonly words: string;
  readonly example: string;
}

const kind = (words: string, example: string): DataKind => ({ words, example });

export const dataKinds: Readonly<Record<string, DataKind>> = {
  absDirPath: kind('an absolute path of a folder', '/var/lib/libvirt'),
  absFilePath: kind('an absolute path', '/var/lib/libvirt/images/disk.qcow2'),
  aliasName: kind('a name of letters, digits, `_`, `-` and `.`', 'ua-device'),
  ccwCssidRange: kind('a channel subsystem from `0x0` to `0xfe`', '0xfe'),
  ccwDevnoRange: kind('a device number from `0x0` to `0xffff`', '0x0000'),
  ccwSsidRange: kind('a subchannel set from `0` to `3`', '0'),
  cpuset: kind('a list of CPUs such as `0-3,^2`', '0'),
  deviceName: kind('a device name', 'eth0'),
  diskSerial: kind('a serial of letters, digits, blanks, `_`, `.`, `+` and `-`', 'serial-1'),
  diskTargetDev: kind('a disk name such as `vda` or `sda`', 'vda'),
  dnsName: kind('a host name', 'host.example.com'),
  featureName: kind('a feature of letters, digits, `-`, `_` and `.`', 'feature'),
  filePath: kind('a path', '/var/lib/libvirt/images/disk.qcow2'),
  genericName: kind('a name of letters, digits, `_`, `+` and `-`', 'name'),
  hexuint: kind('a hexadecimal number such as `0x10`', '0x0'),
  ipv4Addr: kind('an IPv4 address', '192.168.122.1'),
  ipv6Addr: kind('an IPv6 address', 'fd00::1'),
  ipv4Prefix: kind('a prefix length from 0 to 32', '24'),
  ipv6Prefix: kind('a prefix length from 0 to 128', '64'),
  memoryKB: kind('a whole number, 0 or more', '1048576'),
  objectName: kind('a name without `/`', 'name'),
  objectNameWithSlash: kind('a name', 'name'),
  ostypehvm: kind('a machine type such as `q35`', 'q35'),
  pciFunc: kind('a PCI function from `0x0` to `0x7`', '0x0'),
  pciSlot: kind('a PCI slot from `0x00` to `0x1f`', '0x00'),
  PortNumber: kind('a port from -1 to 65535', '-1'),
  timeDelta: kind('a number of seconds', '0'),
  timeZone: kind('a time zone such as `Europe/Paris`', 'UTC'),
  uint8: kind('a number from `0x00` to `0xff`', '0x00'),
  uint16: kind('a number from `0x0000` to `0xffff`', '0x0000'),
  uint24: kind('a number from `0x000000` to `0xffffff`', '0x000000'),
  uint32: kind('a number from `0x0` to `0xffffffff`', '0x0'),
  uniMacAddr: kind('the MAC address of one interface, such as `52:54:00:12:34:56`', '52:54:00:12:34:56'),
  unit: kind('a unit such as `KiB`, `MiB` or `GiB`', 'KiB'),
  usbAddr: kind('a USB number', '1'),
  usbClass: kind('a USB class such as `0x08`', '0x08'),
  usbId: kind('a USB id such as `0x1234`', '0x0000'),
  usbPort: kind('a USB port such as `1.2`', '1'),
  usbVersion: kind('a USB version such as `2.0`', '2.00'),
  UUID: kind('a UUID', '00000000-0000-4000-8000-000000000001'),
  vlan: kind('a VLAN from 0 to 4095', '1'),
  volName: kind('a volume name without `/`', 'disk.qcow2'),
  wwn: kind('a World Wide Name of 16 hexadecimal digits', '5000c50015ea71ac'),
};
