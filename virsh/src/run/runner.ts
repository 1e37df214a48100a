/** Executes commands on one connection. Everything that virtlint starts for libvirt is started here and in the files beside this one. */
import { UnexpectedOutput, type VirshCommand } from '../command.ts';
import type { Connection } from '../connection.ts';
import { explainFailure, type VirshFailure } from '../failures/explain.ts';
import { failure, type Result, success } from '../result.ts';
import { localInvoker } from './local.ts';
import { type ProcessOutcome, runProcess } from './process.ts';
import { Queue, usualLimits } from './queue.ts';
import { quoteAllForShell } from './quote.ts';
import { sshInvoker } from './ssh.ts';

export interface Runner {
  readonly connection: Connection;
  /** Runs the command when its turn on the connection comes. Never throws for what a host, a network or a user can cause. */
  run<T>(command: VirshCommand<T>, options?: RunOptions): Promise<Result<T, VirshFailure>>;
}

export interface RunOptions {
  /** Stops the command and everything that it started here. Work that libvirt has begun on the host goes on. */
  readonly signal?: AbortSignal;
}

export interface RunnerOptions {
  /** Plain name or absolute path; `virsh` where it is not given. */
  readonly virshPath?: string;
  readonly sshPath?: string;
  /** Arguments of ssh for every ssh connection, before the connection's own. */
  readonly sshOptions?: readonly string[];
  /** The environment of the programs; this process's own where it is not given. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Hears of every command when it has ended. */
  readonly log?: (entry: LogEntry) => void;
}

export interface LogEntry {
  readonly connection: string;
  readonly commandLine: string;
  readonly exitCode: number | null;
  readonly milliseconds: number;
  readonly stderr: string;
}

/** A command made ready for this machine. */
export interface Invocation {
  readonly executable: string;
  readonly args: readonly string[];
  readonly input?: string;
  /** What virsh printed, out of everything that came. */
  readonly virshOutput: (stdout: string) => string;
  /** Removes what was made for the command. */
  readonly dispose: () => Promise<void>;
}

/** Makes commands ready for one connection. The error says what is missing on this machine. */
export type Invoker = (
  command: VirshCommand<unknown>,
) => Promise<Result<Invocation, Pick<VirshFailure, 'kind' | 'message'>>>;

const outputLimit = 64 * 1024 * 1024;
/** How long the playground may be busy with another client before that is a failure. */
const busyMilliseconds = 5000;

export function createRunner(connection: Connection, options: RunnerOptions = {}): Runner {
  const environment = { ...(options.environment ?? process.env), LC_ALL: 'C.UTF-8', LANGUAGE: undefined };
  const invoke =
    connection.kind === 'ssh'
      ? sshInvoker(connection, options, environment)
      : localInvoker(connection, options, environment);
  const isEmbedded = connection.kind === 'uri' && /^[^:]+:\/\/\/embed\b/.test(connection.uri);
  const queue = new Queue(isEmbedded ? 'one-client' : usualLimits);

  async function runOnce<T>(
    command: VirshCommand<T>,
    signal: AbortSignal | undefined,
  ): Promise<Result<T, VirshFailure>> {
    const ready = await invoke(command);
    if (!ready.ok)
      return failure({
        ...ready.error,
        commandLine: `virsh ${quoteAllForShell(command.args)}`,
        exitCode: null,
        stderr: '',
      });
    const { executable, args, input, virshOutput, dispose } = ready.value;
    const commandLine = quoteAllForShell([executable, ...args]);
    const started = performance.now();
    let outcome: ProcessOutcome;
    try {
      outcome = await runProcess({
        executable,
        args,
        environment,
        timeoutMilliseconds: command.timeoutMilliseconds,
        outputLimit,
        ...(input === undefined ? {} : { input }),
        ...(signal ? { signal } : {}),
      });
    } finally {
      await dispose();
    }
    const { end, exitCode, stdout, stderr } = outcome;
    const milliseconds = Math.round(performance.now() - started);
    options.log?.({ connection: connection.name, commandLine, exitCode, milliseconds, stderr });
    if (end !== 'exited' || exitCode !== 0) {
      const { timeoutMilliseconds } = command;
      return failure(
        explainFailure({ end, exitCode, stderr, commandLine, connection: connection.name, timeoutMilliseconds }),
      );
    }
    try {
      return success(command.parse(virshOutput(stdout)));
    } catch (error) {
      if (!(error instanceof UnexpectedOutput)) throw error;
      const message = `virsh on ${connection.name} printed something unexpected (${error.message}).`;
      return failure({ kind: 'unexpected-output', message, commandLine, exitCode, stderr });
    }
  }

  /** A busy playground has not done anything yet, so the same command may be given again. */
  async function runPatiently<T>(
    command: VirshCommand<T>,
    signal: AbortSignal | undefined,
  ): Promise<Result<T, VirshFailure>> {
    const deadline = performance.now() + busyMilliseconds;
    for (;;) {
      const result = await runOnce(command, signal);
      if (result.ok || result.error.kind !== 'busy' || performance.now() > deadline) return result;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  return {
    connection,
    run: (command, { signal } = {}) => queue.run(command.lane, signal, () => runPatiently(command, signal)),
  };
}
