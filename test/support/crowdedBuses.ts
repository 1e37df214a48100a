/** Guests whose disks are to move to a bus where names are free and places are not. */

export interface CrowdedBus {
  readonly title: string;
  /** The refactoring that moves a disk. */
  readonly page: string;
  readonly text: string;
  /** What the moved disk becomes. */
  readonly expected: RegExp;
}

const disk = (dev: string, bus: string, unit?: number, controller = 0) => `    <disk type='file' device='disk'>
      <driver name='qemu' type='raw' cache='none'/>
      <source file='/a/${dev}.img'/>
      <target dev='${dev}' bus='${bus}'/>${unit === undefined ? '' : `\n      <address type='drive' controller='${controller}' bus='0' target='0' unit='${unit}'/>`}
    </disk>
`;
const scsi = (index: number, model: string) => `    <controller type='scsi' index='${index}' model='${model}'/>\n`;
const hostdev = `    <hostdev mode='subsystem' type='scsi'>
      <source>
        <adapter name='scsi_host0'/>
        <address bus='0' target='0' unit='0'/>
      </source>
      <address type='drive' controller='1' bus='0' target='0' unit='0'/>
    </hostdev>
`;
const guest = (devices: string, machine = 'q35') => `<domain type='qemu'>
  <name>crowded</name>
  <memory unit='MiB'>64</memory>
  <os>
    <type arch='x86_64' machine='${machine}'>hvm</type>
  </os>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
${devices}  </devices>
</domain>
`;

export const crowdedBuses: readonly CrowdedBus[] = [
  {
    title: 'the place that a name stands for has another disk',
    page: 'virtio-scsi-disk',
    text: guest(scsi(0, 'virtio-scsi') + disk('vda', 'virtio') + disk('sdb', 'scsi', 0)),
    expected: /<target dev='sdc' bus='scsi'\/>\n {4}<\/disk>/,
  },
  {
    title: 'a device of the host and a disk have addresses on the controller',
    page: 'virtio-scsi-disk',
    text: guest(
      scsi(0, 'lsilogic') + scsi(1, 'virtio-scsi') + hostdev + disk('sdc', 'scsi', 1, 1) + disk('vda', 'virtio'),
    ),
    expected:
      /<target dev='sda' bus='scsi'\/>\n {6}<address type='drive' controller='1' bus='0' target='0' unit='2'\/>/,
  },
  {
    title: 'a disk stands on the controller by its name',
    page: 'virtio-scsi-disk',
    text: guest(scsi(0, 'lsilogic') + scsi(1, 'virtio-scsi') + disk('sdh', 'scsi') + disk('vda', 'virtio')),
    expected:
      /<target dev='sda' bus='scsi'\/>\n {6}<address type='drive' controller='1' bus='0' target='0' unit='1'\/>/,
  },
  {
    title: 'a name stands for a place on another controller',
    page: 'virtio-scsi-disk',
    text: guest(disk('vdh', 'virtio')),
    expected:
      /<target dev='sdh' bus='scsi'\/>\n {6}<address type='drive' controller='0' bus='0' target='0' unit='0'\/>/,
  },
  {
    title: 'IDE disks become SATA disks, one after the other',
    page: 'q35-machine',
    text: guest(disk('sda', 'ide', 0) + disk('hdc', 'ide', 1) + disk('sdb', 'sata', 2) + disk('sdd', 'sata', 0), 'pc'),
    expected: /dev='sde' bus='sata'[\s\S]*dev='sdf' bus='sata'/,
  },
];
