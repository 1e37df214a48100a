/** A command that runs on, with its streams: events, consoles, disks on their way. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { type Readable, Transform, type Writable } from 'node:stream';
import { explainFailure, type VirshFailure } from '../failures/explain.ts';
import { failure, type Result, success } from '../result.ts';
import type { Invocation } from './invocation.ts';
import { type ProcessEnd, stopGroup } from './process.ts';

export interface VirshStream {
  /** What the command reads as /dev/stdin; end it when all is written. */
  readonly input: Writable;
  /** What the command prints, or writes to /dev/stdout. */
  readonly output: Readable;
  /** How it ended. A stop is the failure `cancelled`. */
  readonly ended: Promise<Result<void, VirshFailure>>;
  /** Ends the command and everything that it started here. */
  stop(): void;
}

const errorOutputLimit = 64 * 1024;

/** Starts what was made ready. The signal stops it. */
export function startStream(
  { executable, args, commandLine, marker, dispose }: Invocation,
  connection: string,
  environment: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): VirshStream {
  const child = spawn(executable, [...args], {
    detached: process.platform !== 'win32',
    env: environment,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let end: ProcessEnd = 'exited';
  const stop = (): void => {
    if (child.exitCode === null && child.signalCode === null) end = 'cancelled';
    stopGroup(child);
  };
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  return {
    input: child.stdin,
    output: marker === undefined ? child.stdout : child.stdout.pipe(afterLineWith(marker)),
    ended: outcome(child, () => end).then(async ({ exitCode, stderr, end: how }) => {
      signal?.removeEventListener('abort', stop);
      await dispose();
      if (how === 'exited' && exitCode === 0) return success(undefined);
      return failure(explainFailure({ end: how, exitCode, stderr, commandLine, connection, timeoutMilliseconds: 0 }));
    }),
    stop,
  };
}

interface Outcome {
  readonly end: ProcessEnd;
  readonly exitCode: number | null;
  readonly stderr: string;
}

function outcome(child: ChildProcessWithoutNullStreams, end: () => ProcessEnd): Promise<Outcome> {
  return new Promise((resolve) => {
    let stderr = '';
    child.stdin.on('error', () => undefined);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-errorOutputLimit);
    });
    child.on('error', (error) => {
      if (child.pid === undefined) resolve({ end: 'not-started', exitCode: null, stderr: error.message });
    });
    // Not the child's 'close': that waits until somebody has read the output. What a left-over child keeps open is not waited for.
    child.on('exit', (exitCode) => {
      const finish = (): void => resolve({ end: end(), exitCode, stderr });
      if (child.stderr.closed) finish();
      else child.stderr.once('close', finish);
      setTimeout(finish, 500).unref();
    });
  });
}

/** Holds back everything up to the marker and the end of its line. */
function afterLineWith(marker: string): Transform {
  let held: Buffer | undefined = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (held === undefined) return done(null, chunk);
      held = Buffer.concat([held, chunk]);
      const at = held.indexOf(marker);
      const lineEnd = at < 0 ? -1 : held.indexOf('\n', at);
      if (lineEnd < 0) return done();
      const rest = held.subarray(lineEnd + 1);
      held = undefined;
      done(null, rest);
    },
  });
}
