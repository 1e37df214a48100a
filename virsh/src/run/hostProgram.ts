/** Programs of the host itself, beside virsh: looked for, and made ready for a terminal, where a person sees what they do. */
import type { Connection } from '../connection.ts';
import { explainFailure, type VirshFailure } from '../failures/explain.ts';
import { failure, type Result, success } from '../result.ts';
import { findExecutable } from './executable.ts';
import type { WayToHost } from './forward.ts';
import { runProcess } from './process.ts';
import { quoteAllForShell, quoteForShell } from './quote.ts';
import { sharedConnection } from './shared.ts';
import { sshDefaults, sshTarget } from './sshOptions.ts';
import type { TerminalCommand } from './terminal.ts';

const timeoutMilliseconds = 20_000;

/** Undefined where the host does not have the program, or where it has no shell that we can ask. Nothing of it is started. */
export async function programOf(
  { connection, destination, channel, environment, signal }: WayToHost,
  program: string,
  args: readonly string[],
): Promise<Result<TerminalCommand | undefined, VirshFailure>> {
  const place = { platform: process.platform, environment };
  if (!destination) {
    const found = isOfThisMachine(connection) ? findExecutable(program, place) : undefined;
    return success(found?.ok ? { executable: found.value, args } : undefined);
  }
  const ssh = findExecutable(destination.program, place);
  if (!ssh.ok) return success(undefined);
  const shared = await sharedConnection(connection.name, channel)(signal);
  if (!shared.ok) return shared;
  const target = sshTarget(destination.target, destination.port);
  const ways = [...shared.value.options, ...destination.options];
  const words = [...ways, ...sshDefaults, ...target, `command -v ${quoteForShell(program)} >/dev/null`];
  const { end, exitCode, stderr } = await runProcess({
    executable: ssh.value,
    args: words,
    environment,
    timeoutMilliseconds,
    outputLimit: 4096,
    ...(signal ? { signal } : {}),
  });
  // ssh's own failure; every other code is the shell's answer.
  if (end !== 'exited' || exitCode === 255) {
    const commandLine = quoteAllForShell([destination.program, ...words]);
    const run = { end, exitCode, stderr, commandLine, connection: connection.name, timeoutMilliseconds };
    return failure(explainFailure(run));
  }
  const remote = quoteAllForShell([program, ...args]);
  return success(exitCode === 0 ? { executable: ssh.value, args: [...ways, '-t', ...target, remote] } : undefined);
}

/** `qemu:///system`, `qemu+unix:///session?socket=…`: no host between the slashes. */
function isOfThisMachine(connection: Connection): boolean {
  return connection.kind === 'uri' && /^[a-z0-9]+(?:\+unix)?:\/\/\//i.test(connection.uri);
}
