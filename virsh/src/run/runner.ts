/** Executes commands on one connection. Everything that virtlint starts for libvirt is started here and in the files beside this one. */
import { say } from '../../../server/src/l10n/say.ts';
import { type Audit, type Recording, recordingOf } from '../audit/recording.ts';
import { refuseSecrets, withoutSecrets } from '../audit/secrets.ts';
import { type Lane, UnexpectedOutput, type VirshCommand } from '../command.ts';
import type { Connection } from '../connection.ts';
import { explainFailure, type FailureKind, type VirshFailure } from '../failures/explain.ts';
import { failure, type Result, success } from '../result.ts';
import type { Channel } from './channel.ts';
import { endOfTimedCommand, isEmbedded, timingOption } from './embedded.ts';
import type { Invoker } from './invocation.ts';
import { localInvoker } from './local.ts';
import { type ProcessOutcome, runProcess } from './process.ts';
import { Queue, usualLimits } from './queue.ts';
import { quoteAllForShell } from './quote.ts';
import { sharedConnection } from './shared.ts';
import { sshInvoker } from './ssh.ts';

export interface Runner {
  readonly connection: Connection;
  /** Runs the command when its turn on the connection comes. Never throws for what a host, a network or a user can cause. */
  run<T>(command: VirshCommand<T>, options?: RunOptions): Promise<Result<T, VirshFailure>>;
}

export interface RunOptions {
  /** Stops the command and everything that it started here. Work that libvirt has begun on the host goes on. */
  readonly signal?: AbortSignal;
  /** Asked when the command's turn has come: where it fails, nothing is started, and its failure is the answer. */
  readonly atTurn?: () => Promise<Result<void, VirshFailure>>;
  /** The signal has come too late for a command that runs to its end: its answer is waited for. */
  readonly onTooLate?: () => void;
}

export interface RunnerOptions {
  /** Plain name or absolute path; `virsh` where it is not given. */
  readonly virshPath?: string;
  readonly sshPath?: string;
  /** Arguments of ssh for every ssh connection, before the connection's own. */
  readonly sshOptions?: readonly string[];
  /** The ssh connection that all commands share; without it every command makes its own. */
  readonly channel?: Channel;
  /** How long a host has to let us in. */
  readonly connectMilliseconds?: number;
  /** The environment of the programs; this process's own where it is not given. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Hears of every command when it has ended. */
  readonly log?: (entry: LogEntry) => void;
  /** Where commands that change something are written down. */
  readonly audit?: Audit;
}

export interface LogEntry {
  readonly connection: string;
  readonly lane: Lane;
  /** As a shell would take it. */
  readonly commandLine: string;
  readonly exitCode: number | null;
  readonly milliseconds: number;
  readonly stderr: string;
}

const outputLimit = 64 * 1024 * 1024;
/** How long the playground may be busy with another client before that is a failure. */
const busyMilliseconds = 5000;

export function createRunner(connection: Connection, options: RunnerOptions = {}): Runner {
  const environment = programEnvironment(options);
  const invoke = makeInvoker(connection, options, environment);
  const embedded = connection.kind === 'uri' && isEmbedded(connection.uri);
  const queue = new Queue(embedded ? 'one-client' : usualLimits);

  async function runOnce<T>(
    command: VirshCommand<T>,
    { signal, onTooLate }: RunOptions,
    recording: Recording,
  ): Promise<Result<T, VirshFailure>> {
    const ready = await invoke(command, signal);
    if (!ready.ok) {
      const commandLine = `virsh ${quoteAllForShell(command.args)}`;
      return failure({ commandLine, exitCode: null, stderr: '', ...ready.error, neverStarted: true });
    }
    const { executable, args, commandLine, input, marker, dispose } = ready.value;
    const { timeoutMilliseconds } = command;
    const about = { commandLine, connection: connection.name, timeoutMilliseconds };
    if (signal?.aborted) {
      await dispose();
      return failure({
        ...explainFailure({ ...about, end: 'cancelled', exitCode: null, stderr: '' }),
        neverStarted: true,
      });
    }
    recording.begins(commandLine);
    const started = performance.now();
    const isTimed = embedded && command.lane !== 'read';
    let outcome: ProcessOutcome;
    const tellTooLate = (): void => onTooLate?.();
    if (command.runsToItsEnd) signal?.addEventListener('abort', tellTooLate, { once: true });
    try {
      outcome = await runProcess({
        executable,
        args: isTimed ? [timingOption, ...args] : args,
        environment,
        timeoutMilliseconds,
        outputLimit,
        ...(input === undefined ? {} : { input }),
        ...(signal && !command.runsToItsEnd ? { signal } : {}),
      });
    } finally {
      signal?.removeEventListener('abort', tellTooLate);
      await dispose();
    }
    if (isTimed) outcome = endOfTimedCommand(outcome);
    const { end, exitCode, stdout } = outcome;
    const stderr = withoutSecrets(outcome.stderr, command.document?.text);
    const milliseconds = Math.round(performance.now() - started);
    options.log?.({ connection: connection.name, lane: command.lane, commandLine, exitCode, milliseconds, stderr });
    if (end !== 'exited' || exitCode !== 0) {
      const unstarted = end === 'not-started' ? ({ neverStarted: true } as const) : {};
      return failure({ ...explainFailure({ ...about, end, exitCode, stderr }), ...unstarted });
    }
    try {
      return success(command.parse(afterMarker(stdout, marker), outcome.stderr));
    } catch (error) {
      if (!(error instanceof UnexpectedOutput)) throw error;
      const message = `virsh on ${connection.name} printed something unexpected (${error.message}).`;
      return failure({ kind: 'unexpected-output', message, commandLine, exitCode, stderr });
    }
  }

  /** The same command is given again to a playground that was busy, and has done nothing yet, and to one that crashed, of what only reads. */
  async function runPatiently<T>(command: VirshCommand<T>, runOptions: RunOptions): Promise<Result<T, VirshFailure>> {
    const recording = recordingOf(options.audit, connection.name, command);
    const deadline = performance.now() + busyMilliseconds;
    const passing: readonly FailureKind[] = embedded && command.lane === 'read' ? ['busy', 'crashed'] : ['busy'];
    for (;;) {
      const result = await runOnce(command, runOptions, recording);
      if (result.ok || !passing.includes(result.error.kind) || performance.now() > deadline)
        return recording.ends(result);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  return {
    connection,
    run: async (command, runOptions = {}) => {
      if (connection.readOnly && command.lane !== 'read') return failure(readOnlyFailure(connection, command));
      const lane = command.isUrgent ? 'read' : command.lane;
      return queue.run(lane, runOptions.signal, async () => {
        const may = await runOptions.atTurn?.();
        return may && !may.ok ? failure({ ...may.error, neverStarted: true }) : runPatiently(command, runOptions);
      });
    },
  };
}

/** virsh prints in English, which the parsers and the table of failures read. */
export function programEnvironment({ environment = process.env }: RunnerOptions): NodeJS.ProcessEnv {
  return { ...environment, LC_ALL: 'C.UTF-8', LANGUAGE: undefined };
}

export function makeInvoker(connection: Connection, options: RunnerOptions, environment: NodeJS.ProcessEnv): Invoker {
  const shared = sharedConnection(connection.name, options.channel);
  const invoke =
    connection.kind === 'ssh'
      ? sshInvoker(connection, options, environment, shared)
      : localInvoker(connection, options, environment, shared);
  return async (request, signal) => {
    refuseSecrets(request.args);
    const ready = await invoke(request, signal);
    if (!ready.ok) return ready;
    return success({ ...ready.value, commandLine: withoutSecrets(ready.value.commandLine) });
  };
}

function afterMarker(stdout: string, marker: string | undefined): string {
  const at = marker === undefined ? -1 : stdout.indexOf(marker);
  return marker === undefined || at < 0 ? stdout : stdout.slice(at + marker.length).replace(/^\r?\n/, '');
}

/** Said before anything starts: libvirt's own refusal names a function of its library. */
export function readOnlyFailure({ name }: Connection, { args }: Pick<VirshCommand<unknown>, 'args'>): VirshFailure {
  const message = say`${name} is marked as read-only in the settings, so nothing is changed there.`;
  const commandLine = `virsh ${quoteAllForShell(args)}`;
  return { kind: 'read-only', message, commandLine, exitCode: null, stderr: '', neverStarted: true };
}
