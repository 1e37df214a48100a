/** What keeps a command from reaching the host. */
import type { FailureEntry } from './entry.ts';

export const wayToTheHost: readonly FailureEntry[] = [
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
    pattern: /Identity file (.+?) not accessible: [\s\S]*Permission denied \(/,
    kind: 'login-refused',
    message: 'The key file $1 does not exist here, and {connection} refused the login without it. Correct its path.',
  },
  {
    pattern: /Load key "(.+?)": (?:error in libcrypto|invalid format)/,
    kind: 'login-refused',
    message: 'The file $1 is no private key that ssh can read, and {connection} refused the login without it.',
  },
  {
    pattern: /Too many authentication failures/,
    kind: 'login-refused',
    message:
      '{connection} broke off because ssh offered too many keys. Name the right one in ~/.ssh/config: IdentityFile, with IdentitiesOnly yes.',
  },
  {
    pattern: /sign_and_send_pubkey: signing failed|agent refused operation/,
    kind: 'login-refused',
    message:
      'The ssh agent did not sign with its key: it may be locked, or wait for a touch. Unlock it, then try again.',
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
    pattern: /Unable to resolve address '(.+?)' service/,
    kind: 'name-unknown',
    message: 'There is no host called $1. Check the spelling, or your name server.',
  },
  {
    // ssh knows no port of a connection that a jump host or a ProxyCommand makes.
    pattern: /open failed: (?:connect failed|administratively prohibited)[\s\S]*stdio forwarding failed/,
    kind: 'host-unreachable',
    message:
      'The jump host on the way to {connection} could be reached, but not the host behind it. Check its address and port.',
  },
  {
    pattern: /Connection closed by UNKNOWN port 65535/,
    kind: 'host-unreachable',
    message: 'The jump host or proxy on the way to {connection} let nothing through. Log in to it alone to see why.',
  },
  {
    pattern: /connect to host (.+?) port (\d+): Connection refused/,
    kind: 'host-unreachable',
    message: 'Nothing listens for ssh at {connection}. Check the port, and that sshd runs there.',
  },
  {
    pattern: /unable to connect to server at '(.+)': Connection refused/,
    kind: 'host-unreachable',
    message:
      'Nothing listens at $1, where {connection} leads. Check the address and the port, and that its server runs.',
  },
  {
    pattern: /No route to host|Network is unreachable|Host is down|timed out|Operation timed out/,
    kind: 'host-unreachable',
    message: '{connection} cannot be reached. Check that the host is up and the network between here and there.',
  },
  {
    pattern: /no matching (key exchange method|host key type|cipher|MAC) found\. Their offer: (.+)/,
    kind: 'host-unreachable',
    message:
      'ssh here and the one of {connection} share no $1. Update the older of the two, or allow one of these in ~/.ssh/config: $2',
  },
  {
    pattern: /^bind (\S+): Cannot assign requested address/m,
    kind: 'host-unreachable',
    message: 'This machine has no address $1, which ssh is told to connect from. Correct BindAddress.',
  },
  {
    pattern: /Session open refused by peer/,
    kind: 'host-unreachable',
    message:
      '{connection} lets no more commands run at the same time over one ssh connection (MaxSessions). Try again later.',
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
    pattern: /(\S+ line \d+): Bad configuration option: (\S+)/,
    kind: 'bad-uri',
    message: 'ssh does not know the option $2 ($1). Correct it in the settings, or in ~/.ssh/config.',
  },
  {
    pattern: /Can't open user config file (.+?): |Bad owner or permissions on (.+)/,
    kind: 'bad-uri',
    message: 'ssh does not read its configuration $1$2: it is missing, or others may write to it.',
  },
  {
    pattern: /Unknown cipher type '(.+?)'/,
    kind: 'bad-uri',
    message: 'This ssh has no cipher $1. Correct it in the settings, or in ~/.ssh/config.',
  },
  {
    pattern: /hostname contains invalid characters/,
    kind: 'bad-uri',
    message: 'The name of the host is none that ssh takes. Correct the connection {connection}.',
  },
  {
    pattern: /ControlPath too long|path ".+" too long for Unix domain socket/,
    kind: 'bad-uri',
    message: 'The path of ssh’s shared connection is too long for a socket. Take a shorter ControlPath.',
  },
  {
    pattern: /Could not request local forwarding|unix_listener: cannot bind to path (.+?):/,
    kind: 'bad-uri',
    message: 'ssh could not open its end of the forwarded connection on this machine $1.',
  },
  {
    pattern: /Cannot read CA certificate '(.+?)'/,
    kind: 'login-refused',
    message:
      'A connection by TLS needs the certificate authority in $1 on this machine. Put it there, or connect by ssh.',
  },
  {
    pattern: /curl_easy_perform\(\) returned an error: .*? : (.+)/,
    kind: 'host-unreachable',
    message: '{connection} cannot be reached: $1. Check that the host is up, and the address.',
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
    pattern: /Cannot recv data: libvirt: +error : cannot execute binary (\S+):/,
    kind: 'ssh-missing',
    message: 'There is no program $1, which the connection {connection} names.',
  },
];
