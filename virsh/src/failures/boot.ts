/** Firmware, kernel and what QEMU needs before the guest begins. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

const installFirmware = phrase`Install ovmf (Debian, Ubuntu) or edk2-ovmf (Fedora) there.`;

export const boot: readonly FailureEntry[] = [
  {
    pattern: /Unable to find any firmware to satisfy '(.*)'/,
    kind: 'unsupported',
    message: phrase`{connection} has no firmware for <os firmware='$1'>. ${installFirmware}`,
    place: { at: ['os@firmware'] },
  },
  {
    pattern: /Unable to find '(.*?)' firmware that is compatible with the current configuration/,
    kind: 'unsupported',
    message: phrase`{connection} has no $1 firmware with what <os> asks for (secure boot, loader, NVRAM). Ask for less, or install it.`,
    place: { at: ['os@firmware', 'os/firmware', 'os/loader'] },
  },
  {
    pattern: /could not load PC BIOS '(.+?)'/,
    kind: 'not-found',
    message: phrase`QEMU cannot read the firmware $1. Correct <loader>, or remove it. ${installFirmware}`,
    place: { at: ['os/loader'], value: '$1' },
  },
  {
    pattern: /could not open kernel file '(.+?)'/,
    kind: 'not-found',
    message: phrase`QEMU cannot read the kernel $1 at {connection}. Correct <kernel>, or its permissions.`,
    place: { at: ['os/kernel'], value: '$1' },
  },
  {
    pattern: /linux kernel too old to load a ram disk/,
    kind: 'refused',
    message: phrase`The file in <kernel> is no Linux kernel that takes an <initrd>.`,
    place: { at: ['os/kernel'] },
  },
  {
    pattern: /failed to find romfile "(.+?)"/,
    kind: 'not-found',
    message: phrase`QEMU does not find the option ROM $1 at {connection}. Correct <rom>, or remove it.`,
    place: { at: ['devices/*/rom@file'], value: '$1' },
  },
  {
    pattern:
      /NVRAM is not permitted when loader is stateless|Only EFI firmware permits NVRAM|type 'bios' does not support nvram/,
    kind: 'refused',
    message: phrase`Only UEFI firmware that is not stateless has an <nvram>. Remove it.`,
    place: { at: ['os/nvram'] },
  },
  {
    pattern: /Secure boot is supported with q35 machine types only/,
    kind: 'unsupported',
    message: phrase`Secure boot works on q35 only. Change the machine type, or the loader.`,
    place: { at: ['os/type@machine', 'os/loader@secure'] },
  },
  {
    pattern: /Secure boot requires SMM feature enabled/,
    kind: 'refused',
    message: phrase`Secure boot needs SMM. Write <smm state='on'/> in <features>.`,
    place: { at: ['os/loader@secure', 'features'] },
  },
  {
    pattern: /SEV launch security is not supported/,
    kind: 'unsupported',
    message: phrase`Processor, kernel or QEMU of {connection} have no SEV. Remove <launchSecurity>, or take another host.`,
    place: { at: ['launchSecurity'] },
  },
  {
    pattern: /Failed to open file '(.+?)': No such file or directory/,
    kind: 'not-found',
    message: phrase`The file $1 does not exist at {connection}.`,
    place: { at: ['os/nvram@template', 'os/loader', 'os/nvram', 'os/kernel', 'os/initrd'], value: '$1' },
  },
];
