/** Devices of the host in a VM: passed through, or stood in for by files and programs. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

export const hostDevices: readonly FailureEntry[] = [
  {
    pattern: /host doesn't support passthrough of host PCI devices/,
    kind: 'unsupported',
    message: phrase`{connection} has no IOMMU in use, so it cannot hand out PCI devices. Switch it on in the firmware (VT-d, AMD-Vi) and with intel_iommu=on.`,
    place: { at: ['devices/hostdev'] },
  },
  {
    pattern: /Mediated host device assignment requires VFIO support/,
    kind: 'unsupported',
    message: phrase`{connection} has no VFIO, which mediated devices need. Load vfio there and switch the IOMMU on.`,
    place: { at: ['devices/hostdev@type'], value: 'mdev' },
  },
  {
    pattern: /cannot open directory '\/sys\/bus\/usb\/devices'/,
    kind: 'unsupported',
    message: phrase`{connection} has no USB of its own, so there is no USB device to hand through.`,
    place: { at: ['devices/hostdev@type'], value: 'usb' },
  },
  {
    pattern: /Did not find USB device (\S+)/,
    kind: 'not-found',
    message: phrase`The USB device $1 is not plugged in at {connection}. Plug it in, or write startupPolicy='optional'.`,
    place: { at: ['devices/hostdev/source'] },
  },
  {
    pattern: /Hostdev already exists in the domain configuration/,
    kind: 'refused',
    message: phrase`The same device of the host is handed through twice. Remove one of the two.`,
    place: { at: ['devices/hostdev'] },
  },
  {
    pattern: /Missing <source> element in hostdev device/,
    kind: 'refused',
    message: phrase`A <hostdev> does not say which device of the host it is. Add <source>.`,
    place: { at: ['devices/hostdev'] },
  },
  {
    pattern: /cannot open directory '\/dev\/dri'/,
    kind: 'unsupported',
    message: phrase`{connection} has no GPU that QEMU could draw with. Remove <gl> and the 3D acceleration, or take another host.`,
    place: { at: ['devices/graphics/gl', 'devices/video/model/acceleration', 'devices/graphics@type'] },
  },
  {
    pattern: /TPM version '(.+?)' is not supported/,
    kind: 'unsupported',
    message: phrase`{connection} cannot emulate a TPM $1. Install swtpm and swtpm-tools there.`,
    place: { at: ['devices/tpm/backend', 'devices/tpm'] },
  },
  {
    pattern: /Could not open TPM device (\S+):/,
    kind: 'not-found',
    message: phrase`{connection} has no TPM $1. Take an emulated one: <backend type="emulator"/>.`,
    place: { at: ['devices/tpm/backend'] },
  },
  {
    pattern: /chardev 'spicevmc' not supported without spice graphics/,
    kind: 'refused',
    message: phrase`A device talks over SPICE, and the VM has no SPICE display. Add one, or remove the device.`,
    place: { at: ['devices/*@type'], value: 'spicevmc' },
  },
  {
    pattern: /cannot initialize fsdev '.*?': failed to open '(.+?)'/,
    kind: 'not-found',
    message: phrase`The shared directory $1 does not exist at {connection}, or QEMU may not open it.`,
    place: { at: ['devices/filesystem/source@dir'], value: '$1' },
  },
  {
    pattern: /shmem size must be a power of/,
    kind: 'refused',
    message: phrase`The size of shared memory is a power of two, and at least 1 MiB.`,
    place: { at: ['devices/shmem/size'] },
  },
];
