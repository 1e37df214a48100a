/** What libvirt on the host answers instead of doing anything. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

export const libvirtItself: readonly FailureEntry[] = [
  {
    pattern:
      /no polkit agent available|authentication unavailable|access denied by policy|Authorization requires authentication/,
    kind: 'permission',
    message: phrase`You may not manage {connection}. Add the user to the group libvirt there and log in again, or use qemu:///session.`,
  },
  {
    pattern: /Failed to connect socket to '(.+?)': Permission denied|nc: (\S+): Permission denied/,
    kind: 'permission',
    message: phrase`You may not open libvirt’s socket $1$2 at {connection}. Add the user to the group libvirt there and log in again.`,
  },
  {
    pattern: /Unable to get system bus connection/,
    kind: 'permission',
    message: phrase`libvirt at {connection} could not check your rights: its system bus (D-Bus) does not run there.`,
  },
  {
    pattern:
      /Failed to connect socket to '(.+?)': (?:No such file|Connection refused)|nc: (\S+): No such file or directory/,
    kind: 'daemon-down',
    message: phrase`libvirt does not run at {connection}: nothing answers on $1$2. Start it there, for example with systemctl start libvirtd or virtqemud.socket.`,
  },
  {
    pattern:
      /^error: (?:Disconnected from .* due to|Failed to reconnect to the hypervisor|.*client socket is closed|End of file while reading data|Cannot (?:recv|write) data)/m,
    kind: 'daemon-lost',
    message: phrase`libvirt at {connection} ended the connection, perhaps because it was restarted. Look at the state of the VM, then try again.`,
  },
  {
    pattern: /Failed to parse user '(.*)'/,
    kind: 'unsupported',
    message: phrase`libvirt’s QEMU driver cannot work as root without the system user $1. Install libvirt-daemon-system, or run as an ordinary user.`,
  },
  {
    pattern: /Failed to acquire pid file '(.+?)': Resource temporarily unavailable/,
    kind: 'busy',
    message: phrase`Another program uses the playground at this moment. Try again.`,
  },
  {
    pattern: /read only access prevents|operation forbidden/,
    kind: 'read-only',
    message: phrase`The connection {connection} is read-only. Use one that may change VMs.`,
  },
  {
    pattern: /CPU tuning is not available in session mode/,
    kind: 'unsupported',
    message: phrase`libvirt at {connection} runs as a plain user and cannot limit CPU time. Use qemu:///system, or remove <cputune>.`,
    place: { at: ['cputune'] },
  },
  {
    pattern: /(Memory|NUMA) tuning is not available in session mode/,
    kind: 'unsupported',
    message: phrase`libvirt at {connection} runs as a plain user and cannot limit memory. Use qemu:///system, or remove <memtune> and <numatune>.`,
    place: { at: ['memtune', 'numatune'] },
  },
  {
    pattern: /Block I\/O tuning is not available in session mode/,
    kind: 'unsupported',
    message: phrase`libvirt at {connection} runs as a plain user and cannot weigh disks. Use qemu:///system, or remove <blkiotune>.`,
    place: { at: ['blkiotune'] },
  },
  {
    pattern: /virtiofs is not yet supported in session mode/,
    kind: 'unsupported',
    message: phrase`libvirt at {connection} runs as a plain user, and its release shares directories by virtiofs as root only. Use qemu:///system.`,
    place: { at: ['devices/filesystem/driver@type'], value: 'virtiofs' },
  },
  {
    pattern: /in session mode/,
    kind: 'unsupported',
    message: phrase`libvirt at {connection} runs as a plain user and cannot do this. Use qemu:///system.`,
  },
  {
    pattern: /this function is not supported by the connection driver/,
    kind: 'unsupported',
    message: phrase`libvirt at {connection} cannot do this: the driver behind the connection lacks it.`,
  },
  {
    pattern:
      /Unable to parse URI|no connection driver available for (\S+)|unexpected \S+ URI path '(.+?)'|transport in URL not recognised/,
    kind: 'bad-uri',
    message: phrase`libvirt does not know the address of the connection {connection}. Use a form such as qemu:///system or qemu+ssh://user@host/system.`,
  },
];
