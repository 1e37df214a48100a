/** A guest of 512 bytes: a boot sector that prompts on the serial line and obeys the power button, 0.1 s after its start, without KVM. */
import { gunzipSync } from 'node:zlib';
import { escapeAttribute, escapeText } from '../../../server/src/xml/edits.ts';
import { runTool, waitFor } from './scratch.ts';

const bootSector =
  'H4sIAAAAAAACA3vFWsPA8MvwQN+NvgN9F/Yw1Oz6yWxw4N2u38wbGt7t+sG8gfGdE5TP/G7XL+YNx9/tYmDbwcD4fhcT2/vf++bWvLBg2Le25oURwxegxNtvRxhLJXf9ZX6z' +
  'grEEpP+NDUsJpw1vyZ0X0gyv7+3bVvOCk2EXC9AAhfevz61pOVAi9YKJ4fW3gC18u9kZzgqAdSqU/I4Aan13mJcrxNMvUtc91DU4RKG0gIGXqyQzr9JOAcgoyC9PLVLIT0vj' +
  '5WIYBeSC0FUAahq9QAACAAA=';

/** The guest's disk: raw, 1 MiB. */
export function tinyDisk(): Buffer {
  const disk = Buffer.alloc(1024 * 1024);
  gunzipSync(Buffer.from(bootSector, 'base64')).copy(disk);
  return disk;
}

/** Writes other values into half a megabyte of its memory, again and again: `mov` and `rep stosw` over eight segments in a loop. */
const busySector = 'fc31db43ba00108ec231ffb9008089d8f3ab80c61080fe9072edebe7';

/** The disk of a guest that never stops changing its memory: raw, 1 MiB. */
export function busyDisk(): Buffer {
  const disk = Buffer.alloc(1024 * 1024);
  Buffer.from(busySector, 'hex').copy(disk);
  disk.set([0x55, 0xaa], 510);
  return disk;
}

export interface TinyDomain {
  readonly name: string;
  readonly uuid?: string;
  /** Path of the disk image. */
  readonly disk: string;
  readonly format?: 'raw' | 'qcow2';
  /** Further XML inside `<devices>`. */
  readonly devices?: string;
  /** Further XML before `<devices>`. */
  readonly head?: string;
}

/** A domain that boots the tiny guest under plain emulation. */
export function tinyDomain({ name, uuid, disk, format = 'qcow2', devices = '', head = '' }: TinyDomain): string {
  return `<domain type='qemu'>
  <name>${escapeText(name)}</name>${uuid ? `\n  <uuid>${uuid}</uuid>` : ''}
  <memory unit='MiB'>16</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='pc'>hvm</type><boot dev='hd'/></os>
  <features><acpi/></features>
  <on_poweroff>destroy</on_poweroff>${head}
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='${format}'/>
      <source file='${escapeAttribute(disk, "'")}'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <controller type='usb' model='none'/>
    <serial type='pty'/>
    <memballoon model='none'/>${devices}
  </devices>
</domain>
`;
}

/** Waits until running tiny guests have booted, which takes 0.1 s of a processor: a power button that is pressed before is not heard. */
export async function powerButtonsArmed(uri: string, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    // The ACPI register PM1_EN as SeaBIOS places it; its bit 8 is the button's.
    const read = ['qemu-monitor-command', '--hmp', name, 'i /h 0x602'];
    await waitFor(`${name} to boot`, () => /= 0x0*100\b/.test(runTool('virsh', '-q', '-c', uri, ...read)));
  }
}
