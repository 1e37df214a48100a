/** Disks of a new VM. None is made here: a remark says how. */
import { say } from '../l10n/say.ts';
import type { Answers, Disk } from './answers.ts';
import { around, type Lines, quoted, remark, when } from './lines.ts';
import type { Traits } from './traits.ts';

export function disks({ disk, iso }: Answers, { isTuned, isWindows }: Traits): Lines {
  return [
    ...remark(howToMake(disk)),
    ...around(
      `disk type='${disk.kind}' device='disk'`,
      `<driver name='qemu' type='${disk.kind === 'block' ? 'raw' : disk.format}' cache='none'${io(disk)} discard='unmap'${isTuned ? " iothread='1'" : ''}/>`,
      source(disk),
      "<target dev='vda' bus='virtio'/>",
      "<boot order='1'/>",
    ),
    ...(iso === undefined ? [] : cdrom('sda', iso, true)),
    ...when(
      isWindows,
      ...remark(
        say`The virtio drivers, which Windows does not bring along: choose them when setup asks where to install.`,
      ),
    ),
    ...(isWindows ? cdrom('sdb', '/var/lib/libvirt/images/virtio-win.iso', false) : []),
  ];
}

/** Native I/O pays where the size of the image is fixed. */
function io(disk: Disk): string {
  return disk.kind === 'block' || disk.format === 'raw' ? " io='native'" : '';
}

function source(disk: Disk): string {
  switch (disk.kind) {
    case 'file':
      return `<source file=${quoted(disk.path)}/>`;
    case 'block':
      return `<source dev=${quoted(disk.path)}/>`;
    case 'volume':
      return `<source pool=${quoted(disk.pool)} volume=${quoted(disk.volume)}/>`;
  }
}

function cdrom(target: string, file: string, isBoot: boolean): Lines {
  return around(
    "disk type='file' device='cdrom'",
    "<driver name='qemu' type='raw'/>",
    `<source file=${quoted(file)} startupPolicy='optional'/>`,
    `<target dev='${target}' bus='sata'/>`,
    '<readonly/>',
    when(isBoot, "<boot order='2'/>"),
  );
}

function howToMake(disk: Disk): string {
  switch (disk.kind) {
    case 'file':
      return say`Made on the host, if it is not there yet, by: ${makeCommand(disk)}`;
    case 'volume':
      return say`Made in the pool, if it is not there yet, by: ${makeCommand(disk)}`;
    case 'block':
      return say`A device of the host; all that is on it belongs to the guest from now on.`;
  }
}

/** The command that makes an image; names are put into single quotes where a shell would take them apart. */
export function makeCommand(disk: Exclude<Disk, { kind: 'block' }>): string {
  return disk.kind === 'file'
    ? `qemu-img create -f ${disk.format} ${word(disk.path)} ${disk.gibibytes}G`
    : `virsh vol-create-as ${word(disk.pool)} ${word(disk.volume)} ${disk.gibibytes}G 0 ${disk.format}`;
}

function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
