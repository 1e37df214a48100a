/** Disks as libvirt reads them in a definition. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

export const disks: readonly FailureEntry[] = [
  {
    pattern: /target '(.+?)' duplicated for disk sources/,
    kind: 'refused',
    message: phrase`Two disks have the target $1. Give one of them another name.`,
    place: { at: ['devices/disk/target@dev'], value: '$1' },
  },
  {
    pattern: /Unknown disk name '(.+?)'/,
    kind: 'refused',
    message: phrase`libvirt reads no place on a bus out of the target $1. Take a name such as vda, sda or hda.`,
    place: { at: ['devices/disk/target@dev'], value: '$1' },
  },
  {
    pattern: /missing target information for device (\S+)/,
    kind: 'refused',
    message: phrase`The device over $1 has no <target>. Add one: it is the name that the guest’s bus is chosen by.`,
    place: {
      at: ['devices/disk/source@file', 'devices/disk/source@dev', 'devices/filesystem/source@dir'],
      value: '$1',
    },
  },
  {
    pattern: /missing source information for device (\S+)/,
    kind: 'refused',
    message: phrase`The disk $1 has no <source>, which only a CD-ROM or floppy drive may lack.`,
    place: { at: ['devices/disk/target@dev'], value: '$1' },
  },
  {
    pattern: /disk type of '(.+?)' does not support ejectable media/,
    kind: 'unsupported',
    message: phrase`The bus of $1 has no CD-ROM drives. Put it on sata, scsi or usb.`,
    place: { at: ['devices/disk/target@dev'], value: '$1' },
  },
  {
    pattern: /IDE controllers are unsupported for this QEMU binary or machine type/,
    kind: 'unsupported',
    message: phrase`The machine type has no IDE. Put the disk on sata or virtio.`,
    place: { at: ['devices/disk/target@bus', 'devices/controller@type'], value: 'ide' },
  },
  {
    pattern: /Only a single IDE controller is supported/,
    kind: 'unsupported',
    message: phrase`The machine type has one IDE controller, and a second one is defined. Remove it, or take another type.`,
    place: { at: ['devices/controller@index'] },
  },
  {
    pattern: /Disk iothread '(\d+)' not defined/,
    kind: 'refused',
    message: phrase`A disk uses the IOThread $1, which is not there. Raise <iothreads>, or correct the number.`,
    place: { at: ['devices/disk/driver@iothread'], value: '$1' },
  },
  {
    pattern: /storage format '(\w+)' is not directly supported|'(\w+)' storage format is not (?:directly )?supported/,
    kind: 'unsupported',
    message: phrase`QEMU has no disk format $1$2. Take raw or qcow2; qemu-img convert makes one out of the other.`,
    place: { at: ['devices/disk/driver@type'], value: '$1$2' },
  },
  {
    pattern: /disk device='lun' is only valid for block type disk source/,
    kind: 'refused',
    message: phrase`device='lun' hands a disk of the host through and needs type='block'. Take device='disk' for a file.`,
    place: { at: ['devices/disk@device'], value: 'lun' },
  },
];
