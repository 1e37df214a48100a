/** Programs that are missing on the way or do not do as they should, and settings of theirs that they do not take. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

export const programs: readonly FailureEntry[] = [
  {
    pattern: /Bad port '(.*)'/,
    kind: 'bad-uri',
    message: phrase`$1 is not a port. Correct the connection {connection}.`,
  },
  {
    pattern: /(\S+ line \d+): Bad configuration option: (\S+)/,
    kind: 'bad-uri',
    message: phrase`ssh does not know the option $2 ($1). Correct it in the settings, or in ~/.ssh/config.`,
  },
  {
    pattern: /Can't open user config file (.+?): |Bad owner or permissions on (.+)/,
    kind: 'bad-uri',
    message: phrase`ssh does not read its configuration $1$2: it is missing, or others may write to it.`,
  },
  {
    pattern: /Unknown cipher type '(.+?)'/,
    kind: 'bad-uri',
    message: phrase`This ssh has no cipher $1. Correct it in the settings, or in ~/.ssh/config.`,
  },
  {
    pattern: /hostname contains invalid characters/,
    kind: 'bad-uri',
    message: phrase`The name of the host is none that ssh takes. Correct the connection {connection}.`,
  },
  {
    pattern: /ControlPath too long|path ".+" too long for Unix domain socket/,
    kind: 'bad-uri',
    message: phrase`The path of ssh’s shared connection is too long for a socket. Take a shorter ControlPath.`,
  },
  {
    pattern: /Could not request local forwarding|unix_listener: cannot bind to path (.+?):/,
    kind: 'bad-uri',
    message: phrase`ssh could not open its end of the forwarded connection on this machine $1.`,
  },
  {
    pattern: /packet \d+ bytes received from server too large/,
    kind: 'login-text',
    message: phrase`The login of {connection} prints text, which breaks the connection. Make its shell start-up files silent for sessions without a terminal.`,
  },
  {
    pattern:
      /virsh: (?:command )?not found|[‘'"]virsh[’'"]: No such file or directory|virsh: No such file or directory|Unknown command:? virsh/,
    kind: 'virsh-missing',
    message: phrase`There is no virsh on {connection}. Install libvirt-clients (Debian, Ubuntu) or libvirt-client (Fedora, SUSE) there.`,
  },
  {
    pattern: /(nc|virt-ssh-helper): (?:command )?not found/,
    kind: 'proxy-missing',
    message: phrase`{connection} has no $1, which libvirt needs for qemu+ssh. Install it there, or use an "ssh" connection, which needs only virsh.`,
  },
  {
    pattern: /Cannot recv data: libvirt: +error : cannot execute binary (\S+):/,
    kind: 'ssh-missing',
    message: phrase`There is no program $1, which the connection {connection} names.`,
  },
];
