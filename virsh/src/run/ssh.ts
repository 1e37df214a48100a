/** The virsh of another machine, over ssh. The account there needs a POSIX shell. */
import { randomUUID } from 'node:crypto';
import { say } from '../../../server/src/l10n/say.ts';
import type { SshConnection } from '../connection.ts';
import { failure, success } from '../result.ts';
import { findExecutable } from './executable.ts';
import { type InvocationRequest, type Invoker, scripts } from './invocation.ts';
import { quoteAllForShell } from './quote.ts';
import type { RunnerOptions } from './runner.ts';
import type { SharedConnection } from './shared.ts';
import { sshDefaults, sshTarget } from './sshOptions.ts';
import { virshOptions } from './virshOptions.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export function sshInvoker(
  connection: SshConnection,
  options: RunnerOptions,
  environment: Environment,
  shared: SharedConnection,
): Invoker {
  return async (request, signal) => {
    const ssh = findExecutable(options.sshPath ?? 'ssh', { platform: process.platform, environment });
    if (!ssh.ok)
      return failure({
        kind: 'ssh-missing',
        message: say`${ssh.error} Install OpenSSH, or name its path in the settings.`,
      });
    const channel = await shared(signal);
    if (!channel.ok) return channel;
    const marker = randomUUID();
    const args = sshArguments(connection, options, remoteCommand(request, connection, marker));
    return success({
      executable: ssh.value,
      args: [...channel.value.options, ...args],
      commandLine: quoteAllForShell([ssh.value, ...args]),
      marker,
      ...(request.document ? { input: request.document.text } : {}),
      dispose: async () => undefined,
    });
  };
}

function sshArguments(
  { target, port, options: own }: SshConnection,
  { sshOptions = [] }: RunnerOptions,
  remote: string,
): readonly string[] {
  return [...sshOptions, ...own, ...sshDefaults, ...sshTarget(target, port), remote];
}

/**
 * One line for the remote shell. The marker comes before virsh's output, so that text of the shell's start-up files can be told from it.
 * A document comes through a pipe of the remote shell: sshd may give the command a socket as standard input, and a socket cannot be opened by
 * the name /dev/stdin.
 */
export function remoteCommand(
  { args, document, mode = 'command' }: InvocationRequest,
  connection: Pick<SshConnection, 'uri' | 'readOnly'>,
  marker: string,
): string {
  const virsh = remoteVirsh(connection, args);
  if (mode !== 'command') return `echo ${marker}; set -- ${virsh}; ${scripts[mode]}`;
  const run = document ? `cat | ${virsh} ${document.option}=/dev/stdin` : `${virsh} </dev/null`;
  return `echo ${marker}; ${run}`;
}

/** The words of virsh on the host, for its shell. */
export function remoteVirsh(connection: Pick<SshConnection, 'uri' | 'readOnly'>, args: readonly string[]): string {
  return quoteAllForShell(['env', 'LC_ALL=C.UTF-8', 'virsh', ...virshOptions(connection, connection.uri), ...args]);
}
