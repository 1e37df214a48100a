/** Why ssh, or a connection by TLS, did not let us in. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

export const login: readonly FailureEntry[] = [
  {
    pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED|differs from stored identity/,
    kind: 'host-key-changed',
    message: phrase`{connection} shows another ssh host key than before. Find out why; when the change is right, remove the old key with ssh-keygen -R and connect once in a terminal.`,
  },
  {
    pattern: /Host key verification failed|host key is known for|SSH host key for '.*' \(.*\) was not accepted/,
    kind: 'host-key-unknown',
    message: phrase`The ssh host key of {connection} is not known here. Connect once with ssh in a terminal, compare the fingerprint and accept it.`,
  },
  {
    pattern: /Identity file (.+?) not accessible: [\s\S]*Permission denied \(/,
    kind: 'login-refused',
    message: phrase`The key file $1 does not exist here, and {connection} refused the login without it. Correct its path.`,
  },
  {
    pattern: /Load key "(.+?)": (?:error in libcrypto|invalid format)/,
    kind: 'login-refused',
    message: phrase`The file $1 is no private key that ssh can read, and {connection} refused the login without it.`,
  },
  {
    pattern: /Too many authentication failures/,
    kind: 'login-refused',
    message: phrase`{connection} broke off because ssh offered too many keys. Name the right one in ~/.ssh/config: IdentityFile, with IdentitiesOnly yes.`,
  },
  {
    pattern: /sign_and_send_pubkey: signing failed|agent refused operation/,
    kind: 'login-refused',
    message: phrase`The ssh agent did not sign with its key: it may be locked, or wait for a touch. Unlock it, then try again.`,
  },
  {
    pattern: /UNPROTECTED PRIVATE KEY FILE/,
    kind: 'login-refused',
    message: phrase`ssh ignored a private key that others may read, and {connection} refused the login. Restrict the key with chmod 600.`,
  },
  {
    pattern:
      /Permission denied \(([^)]*)\)|failed to authenticate|authentication with private key|Permission denied, please try again/,
    kind: 'login-refused',
    message: phrase`{connection} refused the ssh login. Set up a key that logs in without a question (ssh-copy-id, ssh-agent) and check the user name.`,
  },
  {
    pattern: /Cannot read CA certificate '(.+?)'/,
    kind: 'login-refused',
    message: phrase`A connection by TLS needs the certificate authority in $1 on this machine. Put it there, or connect by ssh.`,
  },
];
