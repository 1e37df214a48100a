/** What keeps a command from reaching the host. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

export const wayToTheHost: readonly FailureEntry[] = [
  {
    pattern: /Could not resolve hostname (\S+?):/,
    kind: 'name-unknown',
    message: phrase`There is no host called $1. Check the spelling in the connection, or your name server.`,
  },
  {
    pattern: /Unable to resolve address '(.+?)' service/,
    kind: 'name-unknown',
    message: phrase`There is no host called $1. Check the spelling, or your name server.`,
  },
  {
    // ssh knows no port of a connection that a jump host or a ProxyCommand makes.
    pattern: /open failed: (?:connect failed|administratively prohibited)[\s\S]*stdio forwarding failed/,
    kind: 'host-unreachable',
    message: phrase`The jump host on the way to {connection} could be reached, but not the host behind it. Check its address and port.`,
  },
  {
    pattern: /Connection closed by UNKNOWN port 65535/,
    kind: 'host-unreachable',
    message: phrase`The jump host or proxy on the way to {connection} let nothing through. Log in to it alone to see why.`,
  },
  {
    pattern: /connect to host (.+?) port (\d+): Connection refused/,
    kind: 'host-unreachable',
    message: phrase`Nothing listens for ssh at {connection}. Check the port, and that sshd runs there.`,
  },
  {
    pattern: /unable to connect to server at '(.+)': Connection refused/,
    kind: 'host-unreachable',
    message: phrase`Nothing listens at $1, where {connection} leads. Check the address and the port, and that its server runs.`,
  },
  {
    pattern: /No route to host|Network is unreachable|Host is down|timed out|Operation timed out/,
    kind: 'host-unreachable',
    message: phrase`{connection} cannot be reached. Check that the host is up and the network between here and there.`,
  },
  {
    pattern: /no matching (key exchange method|host key type|cipher|MAC) found\. Their offer: (.+)/,
    kind: 'host-unreachable',
    message: phrase`ssh here and the one of {connection} share no $1. Update the older of the two, or allow one of these in ~/.ssh/config: $2`,
  },
  {
    pattern: /^bind (\S+): Cannot assign requested address/m,
    kind: 'host-unreachable',
    message: phrase`This machine has no address $1, which ssh is told to connect from. Correct BindAddress.`,
  },
  {
    pattern: /Session open refused by peer/,
    kind: 'host-unreachable',
    message: phrase`{connection} lets no more commands run at the same time over one ssh connection (MaxSessions). Try again later.`,
  },
  {
    pattern:
      /kex_exchange_identification|Connection closed by remote host|Connection closed by .* port|client_loop: send disconnect/,
    kind: 'host-unreachable',
    message: phrase`{connection} closed the ssh connection. Try again; if it stays so, look at the log of its sshd.`,
  },
  {
    pattern: /curl_easy_perform\(\) returned an error: .*? : (.+)/,
    kind: 'host-unreachable',
    message: phrase`{connection} cannot be reached: $1. Check that the host is up, and the address.`,
  },
];
