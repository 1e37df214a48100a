import type { Profile } from './profile.ts';

export const windows: Profile = {
  title: 'Guests that run Windows.',
  moves: {
    'disk/emulated-bus': ['information', 'Setup has no virtio driver until one is loaded from the virtio-win disc.'],
    'network/emulated-model': [
      'information',
      'Setup has no virtio driver until one is loaded from the virtio-win disc.',
    ],
    'disk/scsi-controller-model': ['error', "Today's Windows has no driver for lsilogic."],
    'disk/discard-missing': [
      'information',
      'Windows trims its volumes weekly; the space is given back only with discard.',
    ],
    'memory/balloon-stats-period': ['off', 'The figures need a service in the guest that is rarely installed.'],
    'cpu/missing-cpu-element': ['error', 'Windows 11 24H2 needs SSE4.2, which qemu64 lacks.'],
    'windows-guests/enlightenments-missing': ['error', 'Without them Windows is slow, and busy while idle.'],
    'windows-guests/hypervclock-missing': ['error', 'Each look at the clock leaves the guest.'],
    'clock-timers/hpet-present': ['warning', 'Windows reads it at every turn, and each read leaves the guest.'],
    'clock-timers/localtime-non-windows': ['off', 'Windows keeps local time in the hardware clock.'],
    'windows-guests/linux-with-hyperv': ['off', 'The guest is Windows.'],
    'features/acpi-missing': ['error', 'Windows does not start without ACPI.'],
    'devices/tablet-missing': ['warning', 'Windows has no other way to follow the mouse of a viewer.'],
    'devices/rng-missing': ['off', 'Windows has its own sources of randomness, and seldom the driver.'],
    'devices/serial-console-missing': ['off', 'Windows has no console on a serial line.'],
  },
};
