/** A connection to a port or a socket as the host sees it: the screen of a guest, which listens there and nowhere else. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import { withoutSecrets } from '../audit/secrets.ts';
import type { Connection } from '../connection.ts';
import { explainFailure, type VirshFailure } from '../failures/explain.ts';
import { failure, type Result, success } from '../result.ts';
import type { Channel } from './channel.ts';
import type { SshDestination } from './destination.ts';
import { findExecutable } from './executable.ts';
import { stopGroup } from './process.ts';
import { quoteAllForShell } from './quote.ts';
import { sharedConnection } from './shared.ts';
import { sshDefaults, sshTarget } from './sshOptions.ts';

export interface WayToHost {
  readonly connection: Connection;
  readonly destination: SshDestination | undefined;
  readonly channel: Channel | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal | undefined;
}

const connectMilliseconds = 10_000;

/** Where somebody listens on the host. */
export type HostPlace =
  | { readonly address: string; readonly port: number }
  /** The path of a socket. */
  | { readonly socket: string };

/** Through ssh where the connection has one, else from this machine. ssh says only later, by ending the stream, that nobody listens there. */
export async function connectFrom(
  { connection, destination, channel, environment, signal }: WayToHost,
  place: HostPlace,
): Promise<Result<Duplex, VirshFailure>> {
  if (!destination) return connectDirectly(connection, place, signal);
  const ssh = findExecutable(destination.program, { platform: process.platform, environment });
  const shared = await sharedConnection(connection.name, channel)(signal);
  if (!shared.ok) return shared;
  const { forward = [], remote = [] } = wayTo(place);
  const target = sshTarget(destination.target, destination.port);
  const args = [...destination.options, ...forward, ...sshDefaults, ...target, ...remote];
  if (!ssh.ok) {
    const commandLine = withoutSecrets(quoteAllForShell([destination.program, ...args]));
    return failure({ kind: 'ssh-missing', message: ssh.error, commandLine, exitCode: null, stderr: '' });
  }
  const child = spawn(ssh.value, [...shared.value.options, ...args], {
    detached: process.platform !== 'win32',
    env: environment,
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const duplex = Duplex.from({ readable: child.stdout, writable: child.stdin });
  // Who destroys it has no use for the error of having done so.
  duplex.on('error', () => undefined);
  duplex.once('close', () => stopGroup(child));
  child.once('error', (error) => duplex.destroy(error));
  return success(duplex);
}

/** ssh itself reaches ports only. For sockets the host needs the netcat that libvirt's own connections over ssh use. */
function wayTo(place: HostPlace): { readonly forward?: readonly string[]; readonly remote?: readonly string[] } {
  if ('socket' in place) return { remote: [`exec ${quoteAllForShell(['nc', '-U', place.socket])}`] };
  const { address, port } = place;
  return { forward: ['-W', address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`] };
}

async function connectDirectly(
  { name }: Connection,
  place: HostPlace,
  signal: AbortSignal | undefined,
): Promise<Result<Duplex, VirshFailure>> {
  const bounds = [AbortSignal.timeout(connectMilliseconds), ...(signal ? [signal] : [])];
  const socket = 'socket' in place ? connect(place.socket) : connect({ host: place.address, port: place.port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.any(bounds) });
    return success(socket);
  } catch (error) {
    socket.destroy();
    return failure(
      explainFailure({
        end: signal?.aborted ? 'cancelled' : 'exited',
        exitCode: null,
        stderr: error instanceof Error ? `error: ${error.message}` : '',
        commandLine: `connect ${'socket' in place ? place.socket : `${place.address} ${place.port}`}`,
        connection: name,
        timeoutMilliseconds: connectMilliseconds,
      }),
    );
  }
}
