import { phrase } from '../../l10n/say.ts';
import type { Profile } from './profile.ts';

export const windows: Profile = {
  title: phrase`Guests that run Windows.`,
  moves: {
    'disk/emulated-bus': [
      'information',
      phrase`Setup has no virtio driver until one is loaded from the virtio-win disc.`,
    ],
    'network/emulated-model': [
      'information',
      phrase`Setup has no virtio driver until one is loaded from the virtio-win disc.`,
    ],
    'disk/scsi-controller-model': ['error', phrase`Today's Windows has no driver for lsilogic.`],
    'disk/discard-missing': [
      'information',
      phrase`Windows trims its volumes weekly; the space is given back only with discard.`,
    ],
    'memory/balloon-stats-period': ['off', phrase`The figures need a service in the guest that is rarely installed.`],
    'cpu/missing-cpu-element': ['error', phrase`Windows 11 24H2 needs SSE4.2, which qemu64 lacks.`],
    'windows-guests/enlightenments-missing': ['error', phrase`Without them Windows is slow, and busy while idle.`],
    'windows-guests/hypervclock-missing': ['error', phrase`Each look at the clock leaves the guest.`],
    'clock-timers/hpet-present': ['warning', phrase`Windows reads it at every turn, and each read leaves the guest.`],
    'clock-timers/localtime-non-windows': ['off', phrase`Windows keeps local time in the hardware clock.`],
    'windows-guests/linux-with-hyperv': ['off', phrase`The guest is Windows.`],
    'features/acpi-missing': ['error', phrase`Windows does not start without ACPI.`],
    'devices/tablet-missing': ['warning', phrase`Windows has no other way to follow the mouse of a viewer.`],
    'devices/rng-missing': ['off', phrase`Windows has its own sources of randomness, and seldom the driver.`],
    'devices/serial-console-missing': ['off', phrase`Windows has no console on a serial line.`],
  },
};
