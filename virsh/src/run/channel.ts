/**
 * The one ssh connection to a host that all its commands share (OpenSSH's multiplexing). This process holds it: a `cat` on the host that ends
 * when its input does, so that no connection outlives us, whatever ends us. Its first line back says that the login is done.
 */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import type { FailedRun } from '../failures/explain.ts';
import { newSocketPath } from './channelDirectory.ts';
import type { SshDestination } from './destination.ts';
import { findExecutable } from './executable.ts';
import { type ProcessEnd, stopGroup } from './process.ts';
import { quoteAllForShell } from './quote.ts';
import { sshDefaults, sshTarget } from './sshOptions.ts';

/** How the connection was not made. */
export type ChannelFailure = Omit<FailedRun, 'connection'>;

export type ChannelState =
  | {
      readonly state: 'open';
      /** Arguments of ssh, before all others, with which it uses the connection. */
      readonly options: readonly string[];
      /** A program that is called as ssh is and uses the connection, for libvirt's own ssh; undefined where none can be made. */
      readonly program: string | undefined;
    }
  /** This host or this machine cannot share a connection; every command makes its own. */
  | { readonly state: 'unshared' }
  | { readonly state: 'failed'; readonly failure: ChannelFailure };

export interface Channel {
  /** Makes the connection where it is not open. All who ask at the same time wait for the same one; the last to turn away stops it. */
  open(signal?: AbortSignal): Promise<ChannelState>;
  /**
   * Arguments of an ssh that a person starts in a terminal, to answer its questions there. Once that is logged in everything shares its
   * connection. Where nothing can be shared it is a login like any other.
   */
  loginArguments(): readonly string[];
  /** Ends the connection and everything that uses it. */
  close(): void;
}

export interface ChannelOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly connectMilliseconds?: number;
}

interface Opening {
  readonly result: Promise<ChannelState>;
  readonly stop: (reason: ProcessEnd) => void;
  waiting: number;
}

/** Longer than ssh's own ConnectTimeout, which is over at the first sign of life. */
const usualConnectMilliseconds = 20_000;
const errorOutputLimit = 64 * 1024;

/** Starts nothing yet. */
export function sshChannel(destination: SshDestination, options: ChannelOptions): Channel {
  return new SshChannel(destination, options);
}

class SshChannel implements Channel {
  readonly #destination: SshDestination;
  readonly #environment: ChannelOptions['environment'];
  readonly #connectMilliseconds: number;
  #opening: Opening | undefined;
  /** The socket of the connection that a person has made, or may still make. ssh removes it at the end. */
  #login: string | undefined;
  /** OpenSSH on Windows has no multiplexing. */
  #isUnshared = process.platform === 'win32';

  constructor(destination: SshDestination, { environment, connectMilliseconds }: ChannelOptions) {
    this.#destination = destination;
    this.#environment = environment;
    this.#connectMilliseconds = connectMilliseconds ?? usualConnectMilliseconds;
  }

  loginArguments(): readonly string[] {
    const { options, target, port } = this.#destination;
    this.#login = this.#isUnshared ? undefined : newSocketPath();
    const master =
      this.#login === undefined ? [] : ['-o', 'ControlMaster=yes', ...controlPath(this.#login), ...lingering];
    return [...master, ...options, ...sshTarget(target, port)];
  }

  async open(signal?: AbortSignal): Promise<ChannelState> {
    if (this.#login !== undefined && existsSync(this.#login)) return this.#openAt(this.#login);
    this.#opening ??= this.#start();
    const opening = this.#opening;
    if (!opening) return { state: 'unshared' };
    opening.waiting += 1;
    const state = await unlessAborted(opening.result, signal);
    opening.waiting -= 1;
    if (state) return state;
    if (opening.waiting === 0) opening.stop('cancelled');
    return { state: 'failed', failure: this.#failure('cancelled', null, '') };
  }

  close(): void {
    this.#opening?.stop('cancelled');
    this.#opening = undefined;
    if (this.#login !== undefined && existsSync(this.#login)) this.#endLogin(this.#login);
    this.#login = undefined;
  }

  /** Waits for it: at the end of this process the socket goes, and nobody could end it then. */
  #endLogin(socket: string): void {
    const ssh = findExecutable(this.#destination.program, {
      platform: process.platform,
      environment: this.#environment,
    });
    const { options, target, port } = this.#destination;
    const args = [...controlPath(socket), ...options, '-O', 'exit', ...sshTarget(target, port)];
    if (ssh.ok) spawnSync(ssh.value, args, { env: { ...this.#environment }, stdio: 'ignore', timeout: 2000 });
  }

  /** Undefined where nothing can be shared. Every attempt has a socket of its own: none meets what a killed one has left. */
  #start(): Opening | undefined {
    if (this.#isUnshared) return undefined;
    const { program } = this.#destination;
    const ssh = findExecutable(program, { platform: process.platform, environment: this.#environment });
    const socket = newSocketPath();
    if (!ssh.ok || socket === undefined) return undefined;
    const marker = randomUUID();
    const child = spawn(ssh.value, this.#arguments(socket, marker), {
      // A group of its own, so that jump hosts and proxies end with it, and no terminal on which ssh could ask.
      detached: true,
      env: { ...this.#environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let end: ProcessEnd = 'exited';
    let isDone = false;
    const stop = (reason: ProcessEnd): void => {
      if (!isDone) end = reason;
      stopGroup(child);
    };
    const forget = (): void => {
      if (this.#opening === opening) this.#opening = undefined;
      rmSync(`${socket}.ssh`, { force: true });
    };
    const result = new Promise<ChannelState>((resolve) => {
      let stderr = '';
      let stdout = '';
      const timer = setTimeout(() => stop('timeout'), this.#connectMilliseconds);
      const settle = (state: ChannelState): void => {
        clearTimeout(timer);
        isDone = true;
        resolve(state);
      };
      child.stdin.on('error', () => undefined);
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr = (stderr + text).slice(-errorOutputLimit);
      });
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (isDone) return;
        stdout = (stdout + text).slice(-errorOutputLimit);
        if (!stdout.includes(marker)) return;
        letGo(child);
        settle(this.#openAt(socket));
      });
      child.on('error', (error) => {
        forget();
        settle({ state: 'failed', failure: this.#failure('not-started', null, error.message) });
      });
      child.on('close', (exitCode) => {
        forget();
        // 255 is ssh's own word. Anything else is said by a login that runs no shell command, though it may run libvirt's.
        if (end === 'exited' && !isDone && exitCode !== 255 && exitCode !== null) this.#isUnshared = true;
        if (this.#isUnshared) settle({ state: 'unshared' });
        else settle({ state: 'failed', failure: this.#failure(end, exitCode, stderr) });
      });
    });
    const opening: Opening = { result, stop, waiting: 0 };
    return opening;
  }

  #openAt(socket: string): ChannelState {
    const options = ['-o', 'ControlMaster=no', ...controlPath(socket)];
    const ssh = findExecutable(this.#destination.program, {
      platform: process.platform,
      environment: this.#environment,
    });
    return {
      state: 'open',
      options,
      program: ssh.ok ? sharingProgram(`${socket}.ssh`, [ssh.value, ...options]) : undefined,
    };
  }

  #arguments(socket: string, marker: string): string[] {
    const { options, target, port } = this.#destination;
    const master = ['-o', 'ControlMaster=yes', ...controlPath(socket), '-o', 'ControlPersist=no'];
    return [...master, ...options, ...sshDefaults, ...sshTarget(target, port), `echo ${marker}; exec cat`];
  }

  #failure(end: ProcessEnd, exitCode: number | null, stderr: string): ChannelFailure {
    const { program, options, target, port } = this.#destination;
    const commandLine = quoteAllForShell([program, ...options, ...sshDefaults, ...sshTarget(target, port)]);
    return { end, exitCode, stderr, commandLine, timeoutMilliseconds: this.#connectMilliseconds };
  }
}

/** ssh reads `%` in a path as the beginning of a placeholder. */
const controlPath = (socket: string): readonly string[] => ['-o', `ControlPath=${socket.replaceAll('%', '%%')}`];

/** A connection that a person has made stays for ten minutes after its last use: nobody likes to type a password twice. */
const lingering: readonly string[] = ['-o', 'ControlPersist=600', '-o', 'ServerAliveInterval=15'];

/** Undefined where programs may not be started from the directory for temporary files. */
function sharingProgram(file: string, words: readonly string[]): string | undefined {
  try {
    if (!existsSync(file))
      writeFileSync(file, `#!/bin/sh\nexec ${quoteAllForShell(words)} "$@"\n`, { mode: 0o700, flag: 'wx' });
    accessSync(file, constants.X_OK);
    return file;
  } catch {
    return undefined;
  }
}

/** The connection alone keeps no program from ending. */
function letGo(child: ChildProcessWithoutNullStreams): void {
  child.unref();
  for (const stream of child.stdio) if (stream instanceof Socket) stream.unref();
}

/** Undefined when the signal was faster. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
  if (!signal) return promise;
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const leave = (): void => resolve(undefined);
    signal.addEventListener('abort', leave, { once: true });
    void promise.then((value) => {
      signal.removeEventListener('abort', leave);
      resolve(value);
    });
  });
}
