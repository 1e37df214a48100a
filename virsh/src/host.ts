/**
 * A host that is being worked with: one connection of the user's with its queue, the one ssh connection that everything shares, and what has been
 * learned about the host. Opening one starts nothing; the first command does.
 */
import type { Duplex } from 'node:stream';
import { say } from '../../server/src/l10n/say.ts';
import { recordingOf } from './audit/recording.ts';
import type { VirshCommand } from './command.ts';
import { version } from './commands/host.ts';
import type { Connection } from './connection.ts';
import type { VirshFailure } from './failures/explain.ts';
import type { Version } from './output/version.ts';
import { failure, type Result, success } from './result.ts';
import { Batch } from './run/batch.ts';
import { type Channel, sshChannel } from './run/channel.ts';
import { sshDestination } from './run/destination.ts';
import { connectFrom, type WayToHost } from './run/forward.ts';
import { programOf } from './run/hostProgram.ts';
import type { Mode } from './run/invocation.ts';
import type { PipeMode, PipeRequest, Prepared, Running } from './run/pipe.ts';
import { streamLimit } from './run/queue.ts';
import { quoteAllForShell, quoteForShell } from './run/quote.ts';
import {
  createRunner,
  makeInvoker,
  programEnvironment,
  type Runner,
  type RunnerOptions,
  type RunOptions,
  readOnlyFailure,
} from './run/runner.ts';
import { prepareScript, runScript } from './run/shell.ts';
import { startStream, type VirshStream } from './run/stream.ts';
import { loginIn, type TerminalCommand, terminalCommand } from './run/terminal.ts';

export interface StreamRequest {
  /** The arguments after virsh's own. */
  readonly args: readonly string[];
  /** `send`: virsh reads /dev/stdin. `receive`: it writes /dev/stdout. `watch`: it prints without an end. */
  readonly mode: Exclude<Mode, 'command' | PipeMode>;
  /** It changes something, and is refused on a read-only connection. */
  readonly isChange?: boolean;
}

export interface Host extends Runner {
  /** For several reading commands in one round trip: `add` each, then `send`. */
  batch(): Batch;
  /** Releases of libvirt and the hypervisor, asked for once. */
  version(options?: RunOptions): Promise<Result<Version, VirshFailure>>;
  /** What a command prints that gives the same answer each time (capabilities, domain capabilities), asked for once. */
  recall(command: VirshCommand<string>, options?: RunOptions): Promise<Result<string, VirshFailure>>;
  /** Forgets what was recalled: the host's daemon has been restarted, perhaps as another release. */
  forget(): void;
  /** Starts a command that runs on. It waits in no queue; more than a few at a time are refused. */
  stream(request: StreamRequest, options?: RunOptions): Promise<Result<VirshStream, VirshFailure>>;
  /** Makes one end of a pipe ready (run/pipe.ts). It counts as a stream until it has ended. */
  prepare(request: PipeRequest, options?: RunOptions): Promise<Result<Prepared, VirshFailure>>;
  /** A connection to a TCP port as the host sees it, `127.0.0.1` being the host itself, through the ssh connection that everything shares. */
  connectTo(address: string, port: number, options?: RunOptions): Promise<Result<Duplex, VirshFailure>>;
  /** The same to a socket in the file system of the host. Through ssh the host needs netcat. */
  connectToSocket(path: string, options?: RunOptions): Promise<Result<Duplex, VirshFailure>>;
  /** What a script that only reads prints on the host itself. Where there is no shell: a failure of kind `unsupported`. */
  script(text: string, options?: RunOptions): Promise<Result<string, VirshFailure>>;
  /** virsh for a terminal, where it may ask and be answered: `console`. */
  terminal(args: readonly string[], options?: RunOptions): Promise<Result<TerminalCommand, VirshFailure>>;
  /** A program of the host, found in the account's own shell, for a terminal; undefined where there is none. Nothing is started. */
  program(
    name: string,
    args: readonly string[],
    options?: RunOptions,
  ): Promise<Result<TerminalCommand | undefined, VirshFailure>>;
  /** ssh for a terminal, to accept a host key or to type a password; what follows shares its connection. Undefined without ssh. */
  login(): TerminalCommand | undefined;
  /** Ends the shared connection and the streams. A later command opens it again. */
  close(): void;
}

export function openHost(connection: Connection, options: RunnerOptions = {}): Host {
  const environment = programEnvironment(options);
  const destination = sshDestination(connection, options);
  const channel: Channel | undefined =
    options.channel ?? (destination && sshChannel(destination, { ...options, environment }));
  const own: RunnerOptions = { ...options, ...(channel ? { channel } : {}) };
  const runner = createRunner(connection, own);
  const invoke = makeInvoker(connection, own, environment);
  const answers = new Map<string, Promise<Result<string, VirshFailure>>>();
  const versions = new Map<string, Promise<Result<Version, VirshFailure>>>();
  const streams = new Set<Running>();
  let starting = 0;

  /** Asks once for all who ask. A failure is not remembered; one whom another's cancelling has hit asks again. */
  async function once<T>(
    command: VirshCommand<T>,
    known: Map<string, Promise<Result<T, VirshFailure>>>,
    options: RunOptions = {},
  ) {
    const key = JSON.stringify(command.args);
    for (;;) {
      const earlier = known.get(key);
      const answer = earlier ?? runner.run(command, options);
      known.set(key, answer);
      const result = await answer;
      if (!result.ok && known.get(key) === answer) known.delete(key);
      if (result.ok || result.error.kind !== 'cancelled' || !earlier || options.signal?.aborted) return result;
    }
  }

  const refused = (request: StreamRequest | PipeRequest): VirshFailure | undefined => {
    if (connection.readOnly && request.isChange) return readOnlyFailure(connection, request);
    if (streams.size + starting < streamLimit) return undefined;
    const message = say`${streamLimit} connections to ${connection.name} run on already. End one of them, then try again.`;
    return plainFailure('refused', message, request.args);
  };

  async function prepare(
    request: StreamRequest | PipeRequest,
    { signal }: RunOptions = {},
  ): Promise<Result<Prepared, VirshFailure>> {
    const refusal = refused(request);
    if (refusal) return failure(refusal);
    const file = 'file' in request ? request.file : undefined;
    starting += 1;
    const ready = await (file === undefined
      ? invoke(request, signal)
      : prepareScript(wayWith(signal), ['cat', request.mode === 'to-pipe' ? '<' : '>', quoteForShell(file)].join(' ')));
    starting -= 1;
    if (!ready.ok)
      return failure({ ...plainFailure(ready.error.kind, ready.error.message, request.args), ...ready.error });
    const recording = recordingOf(options.audit, connection.name, request);
    recording.begins(ready.value.commandLine);
    const running: Running = { stop: () => undefined };
    streams.add(running);
    const ends = (result: Result<void, VirshFailure>): void => {
      streams.delete(running);
      recording.ends(result);
    };
    const isHere = file !== undefined && request.mode === 'to-pipe' && !destination;
    const own = isHere ? { file } : {};
    return success({ invocation: ready.value, ...own, connection: connection.name, environment, running, ends });
  }

  const wayWith = (signal: AbortSignal | undefined): WayToHost => ({
    connection,
    destination,
    channel,
    environment,
    signal,
  });

  return {
    ...runner,
    batch: () => new Batch(runner),
    version: (options) => once(version(), versions, options),
    recall: (command, options) => once(command, answers, options),
    forget() {
      answers.clear();
      versions.clear();
    },
    prepare,
    async stream(request, options = {}) {
      const ready = await prepare(request, options);
      if (!ready.ok) return ready;
      const { invocation, running, ends } = ready.value;
      const stream = startStream(invocation, connection.name, environment, options.signal);
      running.stop = () => stream.stop();
      void stream.ended.then(ends);
      return success(stream);
    },
    connectTo: (address, port, { signal } = {}) => connectFrom(wayWith(signal), { address, port }),
    connectToSocket: (socket, { signal } = {}) => connectFrom(wayWith(signal), { socket }),
    script: (text, { signal } = {}) => runScript(wayWith(signal), text),
    terminal: (args, { signal } = {}) =>
      terminalCommand({ connection, destination, channel, options: own, signal }, args),
    program: (name, args, { signal } = {}) => programOf(wayWith(signal), name, args),
    login: () => destination && loginIn(destination, channel, environment),
    close() {
      for (const stream of streams) stream.stop();
      channel?.close();
    },
  };
}

function plainFailure(kind: VirshFailure['kind'], message: string, args: readonly string[]): VirshFailure {
  return { kind, message, commandLine: `virsh ${quoteAllForShell(args)}`, exitCode: null, stderr: '' };
}
