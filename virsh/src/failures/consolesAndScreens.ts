/** Displays, consoles, sockets and ports. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

const listening = ['devices/graphics@listen', 'devices/graphics/listen@address'];

export const consolesAndScreens: readonly FailureEntry[] = [
  {
    pattern: /Failed to reserve port (\d+)/,
    kind: 'in-use',
    message: phrase`Port $1 of {connection} is taken. Choose another one, or autoport.`,
    place: { at: ['devices/graphics@port', 'devices/graphics@tlsPort', 'devices/graphics@websocket'], value: '$1' },
  },
  {
    pattern: /-(?:vnc|spice) .*?([\d.]+|\[[\da-f:]+\]):\d+.*Failed to bind socket: Cannot assign requested address/i,
    kind: 'refused',
    message: phrase`{connection} has no address $1 that the display could listen on. Take 127.0.0.1, or one of its own.`,
    place: { at: listening, value: '$1' },
  },
  {
    pattern: /VNC password is (\d+) characters long, only (\d+) permitted/,
    kind: 'refused',
    message: phrase`VNC takes passwords of at most $2 characters, and this one has $1.`,
    place: { at: ['devices/graphics@passwd'] },
  },
  {
    pattern: /cannot parse password validity time '(.*?)'/,
    kind: 'refused',
    message: phrase`$1 is no time. Write it as 2027-01-31T23:59:59.`,
    place: { at: ['devices/graphics@passwdValidTo'], value: '$1' },
  },
  {
    pattern: /spice TLS port set in XML configuration, but TLS is disabled/,
    kind: 'unsupported',
    message: phrase`SPICE without TLS is all that {connection} offers. Remove tlsPort, or set spice_tls in its qemu.conf.`,
    place: { at: ['devices/graphics@tlsPort'] },
  },
  {
    pattern: /-chardev (?:socket|serial)\S*.*Failed to connect to '(.+?)': /,
    kind: 'not-found',
    message: phrase`Nothing answers on $1, which a device of the VM connects to. Start its program first, or let QEMU listen (mode="bind").`,
    place: { at: ['devices/*/source@path', 'devices/*/source@service'], value: '$1' },
  },
  {
    pattern: /Could not open '(.+?)': (?:No such file or directory|Permission denied)/,
    kind: 'not-found',
    message: phrase`QEMU cannot open $1 at {connection}. Correct the path, or its permissions.`,
    place: { at: ['devices/*/source@path', 'devices/rng/backend'], value: '$1' },
  },
  {
    pattern: /Failed to create file '(.+?)': (.+)/,
    kind: 'refused',
    message: phrase`libvirt cannot make the file $1 at {connection} ($2). Create its directory there, or name another place.`,
    place: { at: ['devices/*/source@path', 'devices/*/log@file'], value: '$1' },
  },
  {
    pattern: /no screens to take screenshot from|No graphical display found|Failed to get VNC port/,
    kind: 'unsupported',
    message: phrase`The VM has no graphical display. Add <graphics> and <video>, or use its console.`,
  },
  {
    pattern: /Cannot run interactive console without a controlling TTY/,
    kind: 'refused',
    message: phrase`A console needs a terminal. Open it in one.`,
  },
];
