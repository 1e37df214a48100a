/**
 * Messages of virsh 9.0, libvirt and OpenSSH in the C locale, and what to say instead. The first pattern that fits counts, so the causes stand
 * before the consequences that are printed after them. `{connection}` is the user's name for the connection, `$1` the pattern's first group.
 */
import type { FailureKind } from './failures.ts';

export interface FailureEntry {
  readonly pattern: RegExp;
  readonly kind: FailureKind;
  readonly message: string;
}

const wayToTheHost: readonly FailureEntry[] = [
  {
    pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED|differs from stored identity/,
    kind: 'host-key-changed',
    message:
      '{connection} shows another ssh host key than before. Find out why; when the change is right, remove the old key with ssh-keygen -R and connect once in a terminal.',
  },
  {
    pattern: /Host key verification failed|host key is known for|SSH host key for '.*' \(.*\) was not accepted/,
    kind: 'host-key-unknown',
    message:
      'The ssh host key of {connection} is not known here. Connect once with ssh in a terminal, compare the fingerprint and accept it.',
  },
  {
    pattern: /UNPROTECTED PRIVATE KEY FILE/,
    kind: 'login-refused',
    message:
      'ssh ignored a private key that others may read, and {connection} refused the login. Restrict the key with chmod 600.',
  },
  {
    pattern:
      /Permission denied \(([^)]*)\)|failed to authenticate|authentication with private key|Permission denied, please try again/,
    kind: 'login-refused',
    message:
      '{connection} refused the ssh login. Set up a key that logs in without a question (ssh-copy-id, ssh-agent) and check the user name.',
  },
  {
    pattern: /Could not resolve hostname (\S+?):/,
    kind: 'name-unknown',
    message: 'There is no host called $1. Check the spelling in the connection, or your name server.',
  },
  {
    pattern:
      /connect to host (.+?) port (\d+): Connection refused|unable to connect to server at '(.+)': Connection refused/,
    kind: 'host-unreachable',
    message: 'Nothing listens for ssh at {connection}. Check the port, and that sshd runs there.',
  },
  {
    pattern: /No route to host|Network is unreachable|Host is down|timed out|Operation timed out/,
    kind: 'host-unreachable',
    message: '{connection} cannot be reached. Check that the host is up and the network between here and there.',
  },
  {
    pattern:
      /kex_exchange_identification|Connection closed by remote host|Connection closed by .* port|Broken pipe|client_loop: send disconnect/,
    kind: 'host-unreachable',
    message: '{connection} closed the ssh connection. Try again; if it stays so, look at the log of its sshd.',
  },
  {
    pattern: /Bad port '(.*)'/,
    kind: 'bad-uri',
    message: '$1 is not a port. Correct the connection {connection}.',
  },
  {
    pattern: /packet \d+ bytes received from server too large/,
    kind: 'login-text',
    message:
      'The login of {connection} prints text, which breaks the connection. Make its shell start-up files silent for sessions without a terminal.',
  },
  {
    pattern:
      /virsh: (?:command )?not found|[‘'"]virsh[’'"]: No such file or directory|virsh: No such file or directory|Unknown command:? virsh/,
    kind: 'virsh-missing',
    message:
      'There is no virsh on {connection}. Install libvirt-clients (Debian, Ubuntu) or libvirt-client (Fedora, SUSE) there.',
  },
  {
    pattern: /(nc|virt-ssh-helper): (?:command )?not found/,
    kind: 'proxy-missing',
    message:
      '{connection} has no $1, which libvirt needs for qemu+ssh. Install it there, or use an "ssh" connection, which needs only virsh.',
  },
  {
    pattern: /cannot execute binary (\S+):/,
    kind: 'ssh-missing',
    message: 'There is no program $1, which the connection {connection} names.',
  },
];

const libvirtItself: readonly FailureEntry[] = [
  {
    pattern:
      /no polkit agent available|authentication unavailable|access denied by policy|Authorization requires authentication/,
    kind: 'permission',
    message:
      'You may not manage {connection}. Add the user to the group libvirt there and log in again, or use qemu:///session.',
  },
  {
    pattern: /Failed to connect socket to '(.+?)': Permission denied|nc: (\S+): Permission denied/,
    kind: 'permission',
    message:
      'You may not open libvirt’s socket $1$2 at {connection}. Add the user to the group libvirt there and log in again.',
  },
  {
    pattern: /Unable to get system bus connection/,
    kind: 'permission',
    message: 'libvirt at {connection} could not check your rights: its system bus (D-Bus) does not run there.',
  },
  {
    pattern:
      /Failed to connect socket to '(.+?)': (?:No such file|Connection refused)|nc: (\S+): No such file or directory/,
    kind: 'daemon-down',
    message:
      'libvirt does not run at {connection}: nothing answers on $1$2. Start it there, for example with systemctl start libvirtd or virtqemud.socket.',
  },
  {
    pattern:
      /Disconnected from .* due to|Failed to reconnect to the hypervisor|client socket is closed|End of file while reading data|Cannot (?:recv|write) data/,
    kind: 'daemon-lost',
    message:
      'libvirt at {connection} ended the connection, perhaps because it was restarted. Look at the state of the VM, then try again.',
  },
  {
    pattern: /Failed to parse user '(.*)'/,
    kind: 'unsupported',
    message:
      'libvirt’s QEMU driver cannot work as root without the system user $1. Install libvirt-daemon-system, or run as an ordinary user.',
  },
  {
    pattern: /Failed to acquire pid file '(.+?)': Resource temporarily unavailable/,
    kind: 'busy',
    message: 'Another program uses the playground at this moment. Try again.',
  },
  {
    pattern: /read only access prevents|operation forbidden/,
    kind: 'read-only',
    message: 'The connection {connection} is read-only. Use one that may change VMs.',
  },
  {
    pattern: /this function is not supported by the connection driver/,
    kind: 'unsupported',
    message: 'libvirt at {connection} cannot do this: the driver behind the connection lacks it.',
  },
  {
    pattern: /no connection driver available for (\S+)|unexpected \S+ URI path '(.+?)'|transport in URL not recognised/,
    kind: 'bad-uri',
    message:
      'libvirt does not know the address of the connection {connection}. Use a form such as qemu:///system or qemu+ssh://user@host/system.',
  },
];

const whatWasAskedFor: readonly FailureEntry[] = [
  {
    pattern: /\(domain_definition\):(\d+): (.*)/,
    kind: 'not-well-formed',
    message: 'Line $1 is not well-formed XML: $2.',
  },
  {
    pattern: /failed to validate against schema/,
    kind: 'schema',
    message:
      'The host’s libvirt refused the XML: it does not follow its schema. Look at the problems marked in the file.',
  },
  {
    pattern: /name (.*) cannot contain '(.*)'|invalid char in name: (.*)/s,
    kind: 'refused',
    message: 'libvirt takes no line break and no slash in a name. Choose another one.',
  },
  {
    pattern: /domain '(.*)' already exists with uuid (\S+)/s,
    kind: 'exists',
    message:
      'There is already a VM called $1 with another UUID ($2). Use that UUID to replace it, or another name for a new VM.',
  },
  {
    pattern: /domain '(.*)' is already defined with uuid (\S+)/s,
    kind: 'exists',
    message: 'The UUID $2 belongs to the VM $1. Remove <uuid> to make a new VM, or rename the existing one first.',
  },
  {
    pattern:
      /storage vol(?:ume)?(?: name)?(?: '(.+?)')? (?:already exists|already in use)|volume target path '.+?' already exists/,
    kind: 'exists',
    message: 'There is already a volume of this name. Choose another name; nothing was overwritten.',
  },
  {
    pattern: /failed to get domain '(.*)'/s,
    kind: 'not-found',
    message: 'There is no VM $1 at {connection} (any more).',
  },
  {
    pattern: /no storage vol with matching (?:path|name|key) '(.*?)'|Storage volume not found/,
    kind: 'not-found',
    message: 'No storage pool of {connection} has the volume $1.',
  },
  {
    pattern: /no storage pool with matching \w+ '(.*?)'|Storage pool not found/,
    kind: 'not-found',
    message: 'There is no active storage pool $1 at {connection}.',
  },
  {
    pattern: /Network not found: no network with matching name '(.*)'/,
    kind: 'not-found',
    message: 'There is no virtual network $1 at {connection}. Create it, or connect the interface to another one.',
  },
  {
    pattern: /network '(.*)' is not active/,
    kind: 'refused',
    message: 'The virtual network $1 is not active. Start it with: virsh net-start $1',
  },
  {
    pattern: /Domain is already active|is already active/,
    kind: 'already-running',
    message: 'The VM runs already.',
  },
  {
    pattern: /domain is not running|Domain is not running/,
    kind: 'not-running',
    message: 'The VM does not run.',
  },
  {
    pattern: /still being allocated|asynchronous jobs running|is still in use|currently in use/,
    kind: 'in-use',
    message: 'The volume or its pool is in use at this moment. Wait for the other work on it to end.',
  },
  {
    pattern: /Failed to get "(?:write|shared|consistent read)" lock\s+Is another process using the image \[(.*?)\]/,
    kind: 'in-use',
    message: 'Another VM or program uses the disk $1. Stop it first, or make the disk shareable on purpose.',
  },
  {
    pattern: /Cannot access (?:storage|backing) file '(.+?)'.*: No such file or directory/,
    kind: 'not-found',
    message: 'The file $1 does not exist at {connection}.',
  },
  {
    pattern:
      /Cannot access (?:storage|backing) file '(.+?)'.*: Permission denied|Failed to open file '(.+?)': Permission denied/,
    kind: 'permission',
    message: 'QEMU may not read $1$2. Check the permissions of the file and of every directory above it.',
  },
  {
    pattern: /Unable to find any firmware to satisfy '(.*)'/,
    kind: 'unsupported',
    message:
      "{connection} has no firmware for <os firmware='$1'>. Install ovmf (Debian, Ubuntu) or edk2-ovmf (Fedora) there.",
  },
  {
    pattern: /Emulator '(.+?)' does not support virt type 'kvm'|KVM kernel module|Could not access KVM kernel module/,
    kind: 'unsupported',
    message:
      "{connection} offers no KVM. Switch virtualization on in its firmware and load the kvm module, or use <domain type='qemu'>.",
  },
  {
    pattern: /cannot undefine domain with nvram/,
    kind: 'refused',
    message: 'The VM has a file with UEFI variables: say whether it is to be removed or kept.',
  },
  {
    pattern: /Refusing to undefine while|cannot (?:delete|undefine) (?:inactive )?(?:domain|transient)/,
    kind: 'refused',
    message: 'The VM has saved states or snapshots, which would be lost. Remove them first, or say that they may go.',
  },
];

export const failureTable: readonly FailureEntry[] = [...wayToTheHost, ...libvirtItself, ...whatWasAskedFor];
