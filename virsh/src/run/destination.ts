/** Which ssh a connection uses, and where it leads: for connections of the kind "ssh", and for the libvirt URIs that run the ssh program. */
import type { Connection } from '../connection.ts';

export interface SshDestination {
  /** Plain name or path of the ssh program. */
  readonly program: string;
  /** Arguments that come before everything else: what the user's own are. */
  readonly options: readonly string[];
  readonly target: string;
  readonly port?: number;
}

export interface SshPrograms {
  /** Plain name or absolute path; `ssh` where it is not given. */
  readonly sshPath?: string;
  /** Arguments of ssh for every ssh connection, before the connection's own. */
  readonly sshOptions?: readonly string[];
}

/**
 * Where the connection's ssh leads; undefined for connections without one. `qemu+libssh` and `qemu+libssh2` speak ssh inside libvirt, so that
 * nothing can be shared with them.
 */
export function sshDestination(
  connection: Connection,
  { sshPath = 'ssh', sshOptions = [] }: SshPrograms,
): SshDestination | undefined {
  if (connection.kind === 'uri') return readUri(connection.uri, sshPath);
  const { target, port, options } = connection;
  return { program: sshPath, options: [...sshOptions, ...options], target, ...(port === undefined ? {} : { port }) };
}

/** `qemu+ssh://user@host:22/system?keyfile=…&no_verify=1&command=…`: libvirt hands these parts of the URI to the ssh program. */
function readUri(uri: string, sshPath: string): SshDestination | undefined {
  if (!/^[a-z0-9]+\+ssh:\/\//i.test(uri) || !URL.canParse(uri)) return undefined;
  const { hostname, username, port, searchParams } = new URL(uri);
  const host = decodeURIComponent(hostname).replace(/^\[(.*)\]$/, '$1');
  const user = decodeURIComponent(username);
  if (host === '') return undefined;
  const keyFile = searchParams.get('keyfile');
  const trusting = Number(searchParams.get('no_verify') ?? 0) !== 0;
  return {
    program: searchParams.get('command') ?? sshPath,
    options: [
      ...(user === '' ? [] : ['-l', user]),
      ...(keyFile ? ['-i', keyFile] : []),
      ...(trusting ? ['-o', 'StrictHostKeyChecking=no'] : []),
    ],
    target: host,
    ...(port === '' ? {} : { port: Number(port) }),
  };
}

/** The URI with another ssh program. */
export function withSshProgram(uri: string, program: string): string {
  const parameter = `command=${encodeURIComponent(program).replaceAll('%2F', '/')}`;
  if (/[?&]command=/.test(uri)) return uri.replace(/([?&])command=[^&#]*/, `$1${parameter}`);
  return `${uri}${uri.includes('?') ? '&' : '?'}${parameter}`;
}
