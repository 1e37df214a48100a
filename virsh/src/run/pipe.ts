/**
 * From a command of one host into a command of another (or of the same), through a pipe of the system: what flows passes this process by. The shell
 * that joins them tells the exit code of each.
 */
import script from 'text:./pipe.sh';
import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { explainFailure, type VirshFailure } from '../failures/explain.ts';
import { failure, type Result, success } from '../result.ts';
import type { Invocation, Mode } from './invocation.ts';
import { stopGroup } from './process.ts';
import { quoteAllForShell } from './quote.ts';

export type PipeMode = Extract<Mode, 'from-pipe' | 'to-pipe'>;

export interface PipeRequest {
  /** The arguments after virsh's own. */
  readonly args: readonly string[];
  /** `to-pipe`: virsh writes /dev/stdout. `from-pipe`: it reads /dev/stdin. */
  readonly mode: PipeMode;
  /** It changes something, and is refused on a read-only connection. */
  readonly isChange?: boolean;
  /** The volume's file on the host, which its shell reads or writes instead of libvirt. */
  readonly file?: string;
}

/** What a host stops when it is closed. */
export interface Running {
  stop: () => void;
}

/** A command that is ready to be started. `ends` has to be called, whether it was started or not. */
export interface Prepared {
  readonly invocation: Invocation;
  /** A file of this machine that stands for what the command would write. */
  readonly file?: string;
  readonly connection: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly running: Running;
  readonly ends: (result: Result<void, VirshFailure>) => void;
}

/** Starts both and waits for both. Not for Windows, which has no such shell. */
export async function runPipe(
  from: Prepared,
  to: Prepared,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<Result<void, VirshFailure>> {
  const words = [...[from, to].map(shellWords), from.invocation.marker ?? '', from.file ?? ''];
  const child = spawn('/bin/sh', ['-c', script, 'sh', ...words], {
    detached: true,
    env: from.environment,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
    stopGroup(child);
  };
  for (const { running } of [from, to]) running.stop = stop;
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  const [, , , codes, ...errors] = child.stdio;
  const [told, fromError, toError] = await Promise.all([codes, ...errors].map((stream) => textOf(stream)));
  signal?.removeEventListener('abort', stop);
  await Promise.all([from, to].map(({ invocation }) => invocation.dispose()));
  const end = (side: Prepared, mark: string, stderr = ''): Result<void, VirshFailure> => {
    const code = new RegExp(`^${mark} (\\d+)$`, 'm').exec(told ?? '')?.[1];
    const exitCode = code === undefined ? null : Number(code);
    if (exitCode === 0 && !isStopped) return success(undefined);
    const { connection, invocation } = side;
    const { commandLine } = invocation;
    const how = isStopped ? 'cancelled' : 'exited';
    return failure(
      explainFailure({
        end: how,
        exitCode,
        stderr: stderr.slice(-errorOutputLimit),
        commandLine,
        connection,
        timeoutMilliseconds: 0,
      }),
    );
  };
  const [fromEnd, toEnd] = [end(from, 'from', fromError), end(to, 'to', toError)];
  from.ends(fromEnd);
  to.ends(toEnd);
  // Who reads never fails because the writer has; the writer fails with a broken pipe when the reader has.
  return toEnd.ok ? fromEnd : toEnd;
}

const errorOutputLimit = 64 * 1024;

/** The streams of a child are typed as what they might be for any child. */
async function textOf(stream: unknown): Promise<string> {
  return isReadable(stream) ? text(stream) : '';
}

function isReadable(stream: unknown): stream is Readable {
  return typeof stream === 'object' && stream !== null && Symbol.asyncIterator in stream;
}

function shellWords({ invocation: { executable, args } }: Prepared): string {
  return quoteAllForShell([executable, ...args]);
}
