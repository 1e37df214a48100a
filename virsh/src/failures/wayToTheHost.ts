/** What keeps a command from reaching the host. */
import type { FailureEntry } from './entry.ts';

export const wayToTheHost: readonly FailureEntry[] = [
  {
    // A time-out too, but of a VM and not of the way to it.
    pattern: /cannot acquire state change lock/,
    kind: 'in-use',
    message: 'Another operation on the VM is going on. Wait for its end, then try again.',
  },
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
      /kex_exchange_identification|Connection closed by remote host|Connection closed by .* port|client_loop: send disconnect/,
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
