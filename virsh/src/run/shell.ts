/** Scripts for the host's own shell: what libvirt does not tell or do. */
import { randomUUID } from 'node:crypto';
import { say } from '../../../server/src/l10n/say.ts';
import { withoutSecrets } from '../audit/secrets.ts';
import { explainFailure, type VirshFailure } from '../failures/explain.ts';
import { failure, type Result, success } from '../result.ts';
import { findExecutable } from './executable.ts';
import type { WayToHost } from './forward.ts';
import type { Invocation } from './invocation.ts';
import { runProcess } from './process.ts';
import { quoteAllForShell } from './quote.ts';
import { sharedConnection } from './shared.ts';
import { sshDefaults, sshTarget } from './sshOptions.ts';

const timeoutMilliseconds = 30_000;
const outputLimit = 1024 * 1024;

/**
 * A script made ready to be started: through ssh where the connection has one, and on this machine where the connection does not leave it. A host
 * that is reached in another way (TLS, libssh) has no shell for us: a failure of kind `unsupported`.
 * @param script for a POSIX shell
 */
export async function prepareScript(way: WayToHost, script: string): Promise<Result<Invocation, VirshFailure>> {
  const { connection, destination, channel, environment, signal } = way;
  const { name } = connection;
  const plain = { commandLine: 'sh', exitCode: null, stderr: '' };
  const program = destination?.program ?? 'sh';
  if (!destination && !staysHere(connection)) {
    const message = say`${name} is reached by virsh alone: there is no shell on it.`;
    return failure({ ...plain, kind: 'unsupported', message });
  }
  const executable = findExecutable(program, { platform: process.platform, environment });
  if (!executable.ok)
    return failure({ ...plain, kind: destination ? 'ssh-missing' : 'unsupported', message: executable.error });
  const shared = await sharedConnection(name, channel)(signal);
  if (!shared.ok) return shared;
  // What a shell's start-up files print comes before the marker.
  const marker = randomUUID();
  const words = ['-c', `echo ${marker}; ${script}`];
  const ssh = destination && [
    ...destination.options,
    ...sshDefaults,
    ...sshTarget(destination.target, destination.port),
  ];
  const args = ssh ? [...ssh, quoteAllForShell(['sh', ...words])] : words;
  return success({
    executable: executable.value,
    args: [...(ssh ? shared.value.options : []), ...args],
    commandLine: withoutSecrets(quoteAllForShell([program, ...(ssh ? [...ssh, script] : ['-c', script])])),
    marker,
    dispose: async () => undefined,
  });
}

/** What a script prints that only reads; the failures of `prepareScript`, and those of the way to the host. */
export async function runScript(way: WayToHost, script: string): Promise<Result<string, VirshFailure>> {
  const ready = await prepareScript(way, script);
  if (!ready.ok) return ready;
  const { executable, args, commandLine, marker } = ready.value;
  const { connection, environment, signal } = way;
  const limits = { timeoutMilliseconds, outputLimit, ...(signal && { signal }) };
  const { end, exitCode, stdout, stderr } = await runProcess({ executable, args, environment, ...limits });
  const [, output] = stdout.split(`${marker}\n`);
  if (end === 'exited' && output !== undefined) return success(output);
  return failure(
    explainFailure({ end, exitCode, stderr, commandLine, connection: connection.name, timeoutMilliseconds }),
  );
}

/** `qemu:///system`, and a socket of this machine. */
function staysHere(connection: WayToHost['connection']): boolean {
  return process.platform !== 'win32' && connection.kind === 'uri' && /^\w+(\+unix)?:\/\/\//.test(connection.uri);
}
