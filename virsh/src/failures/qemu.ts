/** What QEMU itself refuses when it starts, or is told something. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

export const qemu: readonly FailureEntry[] = [
  {
    pattern: /module (\S+) not found, do you want to install (\S+) package/,
    kind: 'unsupported',
    message: phrase`QEMU at {connection} lacks its part $1. Install the package $2 there.`,
  },
  {
    pattern: /'(.+?)' is not a valid device model name/,
    kind: 'unsupported',
    message: phrase`The QEMU of {connection} knows no device $1. Take another model, or install the package that brings it.`,
    place: { at: ['devices/*/model@type', 'devices/*@model', '//*@value'], value: '$1' },
  },
  {
    pattern: /Property '(.+?)\.(.+?)' not found/,
    kind: 'unsupported',
    message: phrase`The device $1 of this QEMU has no property $2. Correct it in <qemu:commandline> or <qemu:override>.`,
  },
  {
    pattern: /qemu\S*: -(\S+): invalid option/,
    kind: 'unsupported',
    message: phrase`QEMU knows no option -$1. Correct <qemu:commandline>.`,
    place: { at: ['//*@value'], value: '-$1' },
  },
  {
    pattern: /(?:Bus '(.+?)' does not support hotplugging|Device '(.+?)' does not support hotplugging)/,
    kind: 'unsupported',
    message: phrase`Nothing can be plugged into $1$2 while the VM runs. Change the definition, and start the VM anew.`,
  },
  {
    pattern: /unable to execute QEMU command 'migrate-incoming': (.+)/,
    kind: 'refused',
    message: phrase`The target host cannot wait for the VM: $1. Name an address of its own and a free port.`,
  },
  {
    pattern: /unable to execute QEMU command 'system_wakeup'/,
    kind: 'refused',
    message: phrase`The guest does not sleep, so it cannot be woken. A paused VM is resumed instead.`,
  },
  {
    pattern: /unable to execute QEMU command '(.+?)': (.+)/,
    kind: 'refused',
    message: phrase`QEMU refused ($1): $2.`,
  },
];
