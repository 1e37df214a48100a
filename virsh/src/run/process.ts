/** Runs one program to its end: no shell, bounded in time and output, stopped together with everything it started. */
import { type ChildProcess, spawn } from 'node:child_process';

export interface ProcessRequest {
  /** Absolute path. */
  readonly executable: string;
  readonly args: readonly string[];
  /** Standard input; without it the program finds its input closed. */
  readonly input?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly timeoutMilliseconds: number;
  /** Bytes of standard output that are kept; a program that prints more is stopped. */
  readonly outputLimit: number;
  readonly signal?: AbortSignal;
}

export type ProcessEnd = 'exited' | 'timeout' | 'cancelled' | 'output-limit' | 'not-started';

export interface ProcessOutcome {
  readonly end: ProcessEnd;
  /** Null where a signal ended it, or where it never started. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that ran and that a signal ended, which we did not send. */
export function hasCrashed({ end, exitCode }: Pick<ProcessOutcome, 'end' | 'exitCode'>): boolean {
  return end === 'exited' && exitCode === null;
}

const errorOutputLimit = 64 * 1024;
/** How long a program may take to obey SIGTERM, and how long left-over children may keep its output open after it has ended. */
const graceMilliseconds = 1000;

export function runProcess(request: ProcessRequest): Promise<ProcessOutcome> {
  return new Promise((resolve) => {
    if (request.signal?.aborted) {
      resolve({ end: 'cancelled', exitCode: null, stdout: '', stderr: '' });
      return;
    }
    const child = spawn(request.executable, [...request.args], {
      // A group of its own: a kill reaches ssh below virsh, and there is no terminal on which ssh could ask for a password.
      detached: process.platform !== 'win32',
      env: { ...request.environment },
      shell: false,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const output: Buffer[] = [];
    let outputSize = 0;
    let stderr = '';
    let end: ProcessEnd = 'exited';
    const timers: NodeJS.Timeout[] = [];

    const stop = (reason: ProcessEnd): void => {
      if (end !== 'exited') return;
      end = reason;
      killGroup(child, 'SIGTERM');
      timers.push(setTimeout(() => killGroup(child, 'SIGKILL'), graceMilliseconds));
    };
    const cancel = (): void => stop('cancelled');
    request.signal?.addEventListener('abort', cancel, { once: true });
    timers.push(setTimeout(() => stop('timeout'), request.timeoutMilliseconds));

    const finish = (exitCode: number | null): void => {
      for (const timer of timers) clearTimeout(timer);
      request.signal?.removeEventListener('abort', cancel);
      child.stdout.destroy();
      child.stderr.destroy();
      // The program has gone; what it started and left behind goes too.
      if (end === 'timeout' || end === 'cancelled' || end === 'output-limit') killGroup(child, 'SIGKILL');
      resolve({ end, exitCode, stdout: Buffer.concat(output).toString('utf8'), stderr });
    };
    child.stdout.on('data', (chunk: Buffer) => {
      outputSize += chunk.length;
      if (outputSize > request.outputLimit) stop('output-limit');
      else output.push(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr = (stderr + chunk).slice(-errorOutputLimit);
    });
    // A program that ends before it has read its input breaks the pipe; its exit code tells the rest.
    child.stdin.on('error', () => undefined);
    child.stdin.end(request.input ?? '');
    child.on('error', (error) => {
      if (child.pid !== undefined) return;
      end = 'not-started';
      stderr = error.message;
      finish(null);
    });
    child.on('exit', (exitCode) => {
      timers.push(setTimeout(() => finish(exitCode), graceMilliseconds));
    });
    child.on('close', (exitCode) => finish(exitCode));
  });
}

/** Ends a program that leads a group, with everything that it started: politely, then not. */
export function stopGroup(child: ChildProcess): void {
  killGroup(child, 'SIGTERM');
  const timer = setTimeout(() => killGroup(child, 'SIGKILL'), graceMilliseconds);
  timer.unref();
  child.once('exit', () => clearTimeout(timer));
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    child.kill(signal);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended in the meantime.
  }
}
