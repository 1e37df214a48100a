/** Programs for a terminal: there a person sees their questions and answers them. */
import type { Connection } from '../connection.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { failure, type Result, success } from '../result.ts';
import type { Channel } from './channel.ts';
import { type SshDestination, withSshProgram } from './destination.ts';
import { findExecutable } from './executable.ts';
import { quoteAllForShell } from './quote.ts';
import type { RunnerOptions } from './runner.ts';
import { sharedConnection } from './shared.ts';
import { remoteVirsh } from './ssh.ts';
import { sshTarget } from './sshOptions.ts';
import { virshOptions } from './virshOptions.ts';

export interface TerminalCommand {
  /** Absolute path. */
  readonly executable: string;
  readonly args: readonly string[];
}

interface WayToHost {
  readonly connection: Connection;
  readonly destination: SshDestination | undefined;
  readonly channel: Channel | undefined;
  readonly options: RunnerOptions;
  readonly signal: AbortSignal | undefined;
}

/** virsh with these arguments, over the shared connection. */
export async function terminalCommand(
  { connection, destination, channel, options, signal }: WayToHost,
  args: readonly string[],
): Promise<Result<TerminalCommand, VirshFailure>> {
  const isRemote = connection.kind === 'ssh' && destination !== undefined;
  const program = isRemote ? destination.program : (options.virshPath ?? 'virsh');
  const commandLine = `virsh ${quoteAllForShell(args)}`;
  const place = { platform: process.platform, environment: options.environment ?? process.env };
  const found = findExecutable(program, place);
  if (!found.ok) {
    const kind = isRemote ? 'ssh-missing' : 'virsh-missing';
    return failure({ kind, message: found.error, commandLine, exitCode: null, stderr: '' });
  }
  const shared = await sharedConnection(connection.name, channel)(signal);
  if (!shared.ok) return shared;
  const executable = found.value;
  if (isRemote) {
    const target = sshTarget(destination.target, destination.port);
    const words = [...shared.value.options, ...destination.options, '-t', ...target];
    return success({ executable, args: [...words, remoteVirsh(connection, args)] });
  }
  const { program: ssh } = shared.value;
  const uri = ssh === undefined ? connection.uri : withSshProgram(connection.uri, ssh);
  return success({ executable, args: [...virshOptions(connection, uri), ...args] });
}

/** ssh that logs in, says so and ends; its connection stays for what follows. Undefined where there is no ssh. */
export function loginIn(
  { program }: SshDestination,
  channel: Channel | undefined,
  environment: NodeJS.ProcessEnv,
): TerminalCommand | undefined {
  const ssh = findExecutable(program, { platform: process.platform, environment });
  if (!ssh.ok || !channel) return undefined;
  return { executable: ssh.value, args: [...channel.loginArguments(), 'echo Connected.'] };
}
