/**
 * The ssh that holds a shared connection (OpenSSH calls it the master). It runs nothing on the host, so that every login will do. This process
 * holds it in turn, by a pipe whose end ends it: no connection outlives us, whatever ends us.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Socket } from 'node:net';
import { scripts } from './invocation.ts';
import { type ProcessEnd, stopGroup } from './process.ts';

export interface MasterEnd {
  readonly end: ProcessEnd;
  readonly exitCode: number | null;
  readonly stderr: string;
}

export interface Master {
  /** Resolves when commands can use the connection, with undefined, or when there will be none, with how it ended. */
  readonly ready: Promise<MasterEnd | undefined>;
  /** Resolves when the connection has ended, whether it was ready or not. */
  readonly ended: Promise<void>;
  stop(reason: ProcessEnd): void;
}

export interface MasterRequest {
  /** Absolute path of ssh. */
  readonly executable: string;
  readonly args: readonly string[];
  /** ssh makes it when it has logged in. */
  readonly socket: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly timeoutMilliseconds: number;
}

const errorOutputLimit = 64 * 1024;
const lookMilliseconds = 15;

export function startMaster(request: MasterRequest): Master {
  const { executable, args, socket, environment, timeoutMilliseconds } = request;
  const child = spawn('/bin/sh', ['-c', scripts.watch, 'sh', executable, ...args], {
    // A group of its own, so that jump hosts and proxies end with it, and no terminal on which ssh could ask.
    detached: true,
    env: { ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let end: ProcessEnd = 'exited';
  const stop = (reason: ProcessEnd): void => {
    end = reason;
    stopGroup(child);
  };
  const ready = new Promise<MasterEnd | undefined>((resolve) => {
    let stderr = '';
    const late = setTimeout(() => stop('timeout'), timeoutMilliseconds);
    const settle = (failure: MasterEnd | undefined): void => {
      clearTimeout(late);
      clearInterval(looking);
      resolve(failure);
    };
    const looking = setInterval(() => {
      if (!existsSync(socket)) return;
      letGo(child);
      settle(undefined);
    }, lookMilliseconds);
    child.stdin.on('error', () => undefined);
    child.stdout.resume();
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-errorOutputLimit);
    });
    child.on('error', ({ message }) => settle({ end: 'not-started', exitCode: null, stderr: message }));
    child.on('close', (exitCode) => settle({ end, exitCode, stderr }));
  });
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => resolve());
    child.on('close', () => resolve());
  });
  return { ready, ended, stop };
}

/** The connection alone keeps no program from ending. */
function letGo(child: ChildProcessWithoutNullStreams): void {
  child.unref();
  for (const stream of child.stdio) if (stream instanceof Socket) stream.unref();
}
