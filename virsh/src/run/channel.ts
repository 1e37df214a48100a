/** The one ssh connection to a host that all its commands share (OpenSSH's multiplexing). */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import type { FailedRun } from '../failures/explain.ts';
import { newSocketPath } from './channelDirectory.ts';
import type { SshDestination } from './destination.ts';
import { findExecutable } from './executable.ts';
import { quoteAllForShell } from './quote.ts';
import { type Master, type MasterEnd, startMaster } from './sshMaster.ts';
import { sshDefaults, sshTarget } from './sshOptions.ts';

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
  | { readonly state: 'failed'; readonly failure: Omit<FailedRun, 'connection'> };

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
  readonly master: Master;
  readonly socket: string;
  /** How many wait for it. */
  waiting: number;
}

/** Longer than ssh's own ConnectTimeout, which is over at the first sign of life. */
const usualConnectMilliseconds = 20_000;

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

  async open(signal?: AbortSignal): Promise<ChannelState> {
    if (this.#login !== undefined && existsSync(this.#login)) return this.#openAt(this.#login);
    if (!this.#isUnshared) this.#opening ??= this.#start();
    const opening = this.#opening;
    if (!opening) return { state: 'unshared' };
    opening.waiting += 1;
    const outcome = await unlessAborted(opening.master.ready, signal);
    opening.waiting -= 1;
    if (outcome === 'aborted') {
      if (opening.waiting === 0) this.#stop(opening);
      return this.#failed({ end: 'cancelled', exitCode: null, stderr: '' });
    }
    return outcome === undefined ? this.#openAt(opening.socket) : this.#failed(outcome);
  }

  loginArguments(): readonly string[] {
    const { options, target, port } = this.#destination;
    this.#login = this.#isUnshared ? undefined : newSocketPath();
    const master =
      this.#login === undefined ? [] : ['-o', 'ControlMaster=yes', ...controlPath(this.#login), ...lingering];
    return [...master, ...options, ...sshTarget(target, port)];
  }

  close(): void {
    if (this.#opening) this.#stop(this.#opening);
    if (this.#login !== undefined && existsSync(this.#login)) this.#endLogin(this.#login);
    this.#login = undefined;
  }

  /** Undefined where nothing can be shared. Every attempt has a socket of its own: none meets what a killed one has left. */
  #start(): Opening | undefined {
    const executable = this.#executable();
    const socket = newSocketPath();
    if (executable === undefined || socket === undefined) return undefined;
    const { options, target, port } = this.#destination;
    const sharing = ['-o', 'ControlMaster=yes', ...controlPath(socket), '-o', 'ControlPersist=no'];
    const args = ['-N', ...sharing, ...options, ...sshDefaults, ...sshTarget(target, port)];
    const timeoutMilliseconds = this.#connectMilliseconds;
    const master = startMaster({ executable, args, socket, environment: this.#environment, timeoutMilliseconds });
    const opening: Opening = { master, socket, waiting: 0 };
    void master.ended.then(() => this.#forget(opening));
    return opening;
  }

  #stop(opening: Opening): void {
    opening.master.stop('cancelled');
    this.#forget(opening);
  }

  #forget(opening: Opening): void {
    if (this.#opening === opening) this.#opening = undefined;
    rmSync(programAt(opening.socket), { force: true });
  }

  /** Waits for it: at the end of this process the socket goes, and nobody could end it then. */
  #endLogin(socket: string): void {
    const executable = this.#executable();
    const { options, target, port } = this.#destination;
    const args = [...controlPath(socket), ...options, '-O', 'exit', ...sshTarget(target, port)];
    if (executable) spawnSync(executable, args, { env: { ...this.#environment }, stdio: 'ignore', timeout: 2000 });
  }

  #openAt(socket: string): ChannelState {
    const options = ['-o', 'ControlMaster=no', ...controlPath(socket)];
    const executable = this.#executable();
    return {
      state: 'open',
      options,
      program: executable && sharingProgram(programAt(socket), [executable, ...options]),
    };
  }

  #failed(outcome: MasterEnd): ChannelState {
    // The login was good, but the socket could not be made: some file systems have none.
    if (/muxserver_listen|control socket/i.test(outcome.stderr)) this.#isUnshared = true;
    if (this.#isUnshared) return { state: 'unshared' };
    const { program, options, target, port } = this.#destination;
    const commandLine = quoteAllForShell([program, ...options, ...sshDefaults, ...sshTarget(target, port)]);
    return { state: 'failed', failure: { ...outcome, commandLine, timeoutMilliseconds: this.#connectMilliseconds } };
  }

  #executable(): string | undefined {
    const place = { platform: process.platform, environment: this.#environment };
    const found = findExecutable(this.#destination.program, place);
    return found.ok ? found.value : undefined;
  }
}

/** ssh reads `%` in a path as the beginning of a placeholder. */
const controlPath = (socket: string): readonly string[] => ['-o', `ControlPath=${socket.replaceAll('%', '%%')}`];

/** A connection that a person has made stays for ten minutes after its last use: nobody likes to type a password twice. */
const lingering: readonly string[] = ['-o', 'ControlPersist=600', '-o', 'ServerAliveInterval=15'];

const programAt = (socket: string): string => `${socket}.ssh`;

/** Undefined where programs may not be started from the directory for temporary files. */
function sharingProgram(file: string, words: readonly string[]): string | undefined {
  const script = `#!/bin/sh\nexec ${quoteAllForShell(words)} "$@"\n`;
  try {
    if (!existsSync(file)) writeFileSync(file, script, { mode: 0o700, flag: 'wx' });
    accessSync(file, constants.X_OK);
    return file;
  } catch {
    return undefined;
  }
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T | 'aborted'> {
  if (!signal) return promise;
  if (signal.aborted) return Promise.resolve('aborted');
  return new Promise((resolve) => {
    const leave = (): void => resolve('aborted');
    signal.addEventListener('abort', leave, { once: true });
    void promise.then((value) => {
      signal.removeEventListener('abort', leave);
      resolve(value);
    });
  });
}
