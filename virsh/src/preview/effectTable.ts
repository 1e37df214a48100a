/**
 * When a change of a definition reaches the guest, by path. Facts: the documentation of virsh and of the domain format, what the QEMU driver
 * of libvirt can attach, detach and update, and the cards of server/src/knowledge (a test compares the two).
 */
import { type Phrase, phrase } from '../../../server/src/l10n/say.ts';
import { attributeValue, child } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';

export type Effect =
  /** It describes the VM; nothing in the guest changes. */
  | 'description'
  /** The running guest can have it now as well, by a command of its own; the definition is for the next cold start. */
  | 'live'
  /** Only when the guest has been shut down and is started again. */
  | 'cold-start'
  /** At the next cold start, for which the system in the guest may have to be prepared, repaired or installed anew. */
  | 'reinstall';

export interface EffectEntry {
  /** The element or attribute, with everything below it. */
  readonly path: string;
  /** Only for something that comes, goes or is changed inside; all three where it is left out. */
  readonly kinds?: readonly ('added' | 'removed' | 'changed')[];
  /** Only for such elements: the one that is added, removed or changed, or the device around it. */
  readonly only?: (device: XmlElement) => boolean;
  readonly effect: Effect;
  /** The command that does it while the guest runs. */
  readonly live?: string;
  /** What else to know, as a clause. */
  readonly remark?: Phrase;
}

const plugged = ['added', 'removed'] as const;
const plug = 'virsh attach-device or detach-device --live';

/** The first entry that fits counts. What none fits takes effect at a cold start. */
export const effectTable: readonly EffectEntry[] = [
  ...['domain/title', 'domain/description', 'domain/metadata'].map(
    (path): EffectEntry => ({ path, effect: 'description' }),
  ),

  {
    path: 'domain@type',
    effect: 'reinstall',
    remark: phrase`as another kind of guest, whose drivers may have to be there before`,
  },
  {
    path: 'domain/os/type@machine',
    effect: 'reinstall',
    remark: phrase`between pc and q35 devices move: names of interfaces, disk drivers and activations may need care`,
  },
  {
    path: 'domain/os/type@arch',
    effect: 'reinstall',
    remark: phrase`the system inside was made for another processor`,
  },
  {
    path: 'domain/os/loader',
    effect: 'reinstall',
    remark: phrase`between BIOS and UEFI an installed system does not boot without a repair of its boot loader`,
  },
  {
    path: 'domain/os@firmware',
    effect: 'reinstall',
    remark: phrase`between BIOS and UEFI an installed system does not boot without a repair of its boot loader`,
  },
  { path: 'domain/os/nvram', effect: 'cold-start', remark: phrase`boot entries and keys of the old file are gone` },
  {
    path: 'domain/devices/disk/target@bus',
    effect: 'reinstall',
    remark: phrase`the guest needs the driver of the new bus in its boot image, or it no longer finds the disk`,
  },
  {
    path: 'domain/devices/controller@model',
    effect: 'reinstall',
    remark: phrase`the guest needs the driver of the new model, or it no longer finds what hangs on it`,
  },
  {
    path: 'domain/devices/disk/driver@type',
    effect: 'reinstall',
    remark: phrase`the image itself must be in this format, or the guest reads rubbish`,
  },
  {
    path: 'domain/devices/interface/model@type',
    effect: 'reinstall',
    remark: phrase`the guest needs the driver and sees a new card, whose name and fixed address may have to be set again`,
  },
  {
    path: 'domain/devices/interface/mac',
    effect: 'cold-start',
    remark: phrase`inside the guest the card may get another name and lose its fixed address`,
  },
  {
    path: 'domain/devices/tpm',
    effect: 'reinstall',
    remark: phrase`what is sealed in the old state is lost to the guest`,
  },
  {
    path: 'domain/cpu',
    effect: 'cold-start',
    remark: phrase`software that is licensed by the CPU may ask to be activated again`,
  },

  { path: 'domain/currentMemory', effect: 'live', live: 'virsh setmem --live' },
  {
    path: 'domain/memory',
    effect: 'cold-start',
    remark: phrase`a guest that runs grows by its balloon up to the old size only`,
  },
  { path: 'domain/vcpu@cpuset', effect: 'live', live: 'virsh vcpupin or emulatorpin --live' },
  { path: 'domain/vcpu@placement', effect: 'cold-start' },
  {
    path: 'domain/vcpu',
    effect: 'live',
    live: 'virsh setvcpus --live',
    remark: phrase`up to the present maximum; the maximum itself at the next cold start`,
  },
  { path: 'domain/vcpus', effect: 'live', live: 'virsh setvcpu --live' },
  {
    path: 'domain/iothreads',
    effect: 'live',
    live: 'virsh iothreadadd or iothreaddel',
    remark: phrase`the thread of a disk changes at the next cold start`,
  },
  { path: 'domain/iothreadids', effect: 'live', live: 'virsh iothreadadd or iothreaddel' },
  { path: 'domain/cputune/vcpupin', effect: 'live', live: 'virsh vcpupin --live' },
  { path: 'domain/cputune/emulatorpin', effect: 'live', live: 'virsh emulatorpin --live' },
  { path: 'domain/cputune/iothreadpin', effect: 'live', live: 'virsh iothreadpin --live' },
  ...[
    'shares',
    'period',
    'quota',
    'global_period',
    'global_quota',
    'emulator_period',
    'emulator_quota',
    'iothread_period',
    'iothread_quota',
  ].map((name): EffectEntry => ({ path: `domain/cputune/${name}`, effect: 'live', live: 'virsh schedinfo --live' })),
  { path: 'domain/memtune', effect: 'live', live: 'virsh memtune --live' },
  { path: 'domain/blkiotune', effect: 'live', live: 'virsh blkiotune --live' },
  {
    path: 'domain/numatune/memory@nodeset',
    effect: 'live',
    live: 'virsh numatune --live',
    remark: phrase`pages in use mostly stay where they are`,
  },
  { path: 'domain/on_poweroff', effect: 'live', live: 'virsh set-lifecycle-action poweroff' },
  { path: 'domain/on_reboot', effect: 'live', live: 'virsh set-lifecycle-action reboot' },
  { path: 'domain/on_crash', effect: 'live', live: 'virsh set-lifecycle-action crash' },

  { path: 'domain/devices/disk/iotune', effect: 'live', live: 'virsh blkdeviotune --live' },
  {
    path: 'domain/devices/disk/source',
    only: (disk) => ['cdrom', 'floppy'].includes(attributeValue(disk, 'device') ?? 'disk'),
    effect: 'live',
    live: 'virsh change-media --live',
  },
  { path: 'domain/devices/disk', kinds: plugged, only: isPluggableDisk, effect: 'live', live: plug },
  { path: 'domain/devices/interface/link', effect: 'live', live: 'virsh domif-setlink' },
  { path: 'domain/devices/interface/bandwidth', effect: 'live', live: 'virsh domiftune --live' },
  ...['source@network', 'source@bridge', 'source@portgroup', 'filterref', 'coalesce'].map(
    (place): EffectEntry => ({
      path: `domain/devices/interface/${place}`,
      effect: 'live',
      live: 'virsh update-device --live',
    }),
  ),
  {
    path: 'domain/devices/interface/vlan',
    effect: 'live',
    live: 'virsh update-device --live',
    remark: phrase`on ports of Open vSwitch`,
  },
  { path: 'domain/devices/interface', kinds: plugged, effect: 'live', live: plug },
  ...['passwd', 'passwdValidTo', 'connected'].map(
    (name): EffectEntry => ({
      path: `domain/devices/graphics@${name}`,
      effect: 'live',
      live: 'virsh update-device --live',
    }),
  ),
  { path: 'domain/devices/memballoon/stats', effect: 'live', live: 'virsh dommemstat --period SECONDS --live' },
  {
    path: 'domain/devices/memory/target/requested',
    effect: 'live',
    live: 'virsh update-memory-device --live',
  },
  {
    path: 'domain/devices/memory',
    kinds: plugged,
    effect: 'live',
    live: plug,
    remark: phrase`below <maxMemory>`,
  },
  ...['hostdev', 'redirdev', 'rng', 'shmem', 'vsock', 'watchdog'].map(
    (name): EffectEntry => ({ path: `domain/devices/${name}`, kinds: plugged, effect: 'live', live: plug }),
  ),
  {
    path: 'domain/devices/filesystem',
    kinds: plugged,
    // A share over 9p is a part of QEMU's command line.
    only: (filesystem) => attributeValue(child(filesystem, 'driver'), 'type') === 'virtiofs',
    effect: 'live',
    live: plug,
  },
  {
    path: 'domain/devices/channel',
    kinds: plugged,
    effect: 'live',
    live: plug,
    remark: phrase`if a virtio-serial controller has a port free`,
  },
  {
    path: 'domain/devices/controller',
    kinds: plugged,
    only: (controller) => attributeValue(controller, 'type') === 'scsi',
    effect: 'live',
    live: plug,
  },
  {
    path: 'domain/devices/input',
    kinds: plugged,
    only: (input) => ['usb', 'virtio'].includes(attributeValue(input, 'bus') ?? ''),
    effect: 'live',
    live: plug,
  },
];

/** QEMU takes disks in and out of a running guest on these buses only. */
function isPluggableDisk(disk: XmlElement): boolean {
  const bus = attributeValue(child(disk, 'target'), 'bus');
  return ['virtio', 'scsi', 'usb'].includes(bus ?? '') && attributeValue(disk, 'device') !== 'floppy';
}
