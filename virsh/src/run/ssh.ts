/** The virsh of another machine, over ssh. The account there needs a POSIX shell. */
import { randomUUID } from 'node:crypto';
import type { VirshCommand } from '../command.ts';
import type { SshConnection } from '../connection.ts';
import { failure, success } from '../result.ts';
import { findExecutable } from './executable.ts';
import { quoteAllForShell } from './quote.ts';
import type { Invoker, RunnerOptions } from './runner.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** ssh takes the first value that it sees of an option, so the user's own come before these. */
const defaultOptions: readonly string[] = [
  // Nobody sees a question.
  ...['-o', 'BatchMode=yes'],
  ...['-o', 'ConnectTimeout=10'],
  // A host that has gone is noticed after 45 s, in the middle of a long copy too.
  ...['-o', 'ServerAliveInterval=15'],
  // No terminal, no forwarding: only the command.
  ...['-T', '-a', '-x'],
];

export function sshInvoker(connection: SshConnection, options: RunnerOptions, environment: Environment): Invoker {
  return async (command) => {
    const ssh = findExecutable(options.sshPath ?? 'ssh', { platform: process.platform, environment });
    if (!ssh.ok)
      return failure({
        kind: 'ssh-missing',
        message: `${ssh.error} Install OpenSSH, or name its path in the settings.`,
      });
    const marker = randomUUID();
    return success({
      executable: ssh.value,
      args: sshArguments(connection, options, remoteCommand(command, connection.uri, marker)),
      ...(command.document ? { input: command.document.text } : {}),
      virshOutput: (stdout) => afterMarker(stdout, marker),
      dispose: async () => undefined,
    });
  };
}

function sshArguments(
  { target, port, options: own }: SshConnection,
  { sshOptions = [] }: RunnerOptions,
  remote: string,
): readonly string[] {
  return [
    ...sshOptions,
    ...own,
    ...defaultOptions,
    ...(port === undefined ? [] : ['-p', String(port)]),
    '--',
    target,
    remote,
  ];
}

/**
 * One line for the remote shell. The marker comes before virsh's output, so that text of the shell's start-up files can be told from it.
 * A document comes through a pipe of the remote shell: sshd may give the command a socket as standard input, and a socket cannot be opened by
 * the name /dev/stdin.
 */
export function remoteCommand({ args, document }: VirshCommand<unknown>, uri: string, marker: string): string {
  const virsh = quoteAllForShell(['env', 'LC_ALL=C.UTF-8', 'virsh', '-q', '-c', uri, ...args]);
  const run = document ? `cat | ${virsh} ${document.option}=/dev/stdin` : `${virsh} </dev/null`;
  return `echo ${marker}; ${run}`;
}

function afterMarker(stdout: string, marker: string): string {
  const at = stdout.indexOf(marker);
  return at < 0 ? stdout : stdout.slice(at + marker.length).replace(/^\r?\n/, '');
}
