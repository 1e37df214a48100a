/**
 * A real VS Code server (the browser edition, from the npm package code-server) on a free port of loopback. The server inside
 * code-server is started directly: its own front would refuse the flag that lets a window load an extension under development.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { skippedBuiltins } from './settings.mts';

const installed = path.resolve(
  process.env.VIRTLINT_ROOT ?? path.join(import.meta.dirname, '../../..'),
  '.vscode-test/code-server',
);
const serverMain = path.join(installed, 'node_modules/code-server/lib/vscode/out/server-main.js');

/** Where the server prints the port that it got. */
const listening = /Extension host agent listening on (\d+)/;
const startLimitMs = 60_000;

/** Why no server can be started here, or undefined. */
export function serverObstacle(): string | undefined {
  // Its compiled modules fit one module version of Node; with another the server would fail later and obscurely.
  if (!process.version.startsWith('v24.'))
    return `the VS Code server needs Node 24, this is ${process.version} (use an npm script)`;
  return existsSync(serverMain) ? undefined : 'no VS Code server is installed (node scripts/setup.mjs says why)';
}

export interface ServerOptions {
  readonly userDataDir: string;
  readonly extensionsDir: string;
  /** Its sockets and caches. */
  readonly tmpDir: string;
  readonly logFile: string;
  /** Lets a window load an extension under development, but hides notifications. */
  readonly smokeDriver?: boolean;
  /** Folders are not trusted by themselves. */
  readonly workspaceTrust?: boolean;
  /** A secret that the URL must carry; none in tests. */
  readonly token?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface VscodeServer {
  /** host:port */
  readonly authority: string;
  /** Resolves when the server has ended, for whatever reason. */
  readonly gone: Promise<void>;
  onLog(listener: (text: string) => void): void;
  stop(): Promise<void>;
}

function environment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  // Left over from a terminal inside VS Code these would change what the server does.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|CODE_SERVER_PARENT_PID)/.test(name),
  );
  return {
    EXTENSIONS_GALLERY: '{}', // no marketplace: every look-up would only wait for the network
    ...Object.fromEntries(inherited),
    VSCODE_SKIP_BUILTIN_EXTENSIONS: skippedBuiltins.join(','),
    ...extra,
  };
}

/** The server's command line (--install-extension, --list-extensions, …); resolves to the exit status. */
export function runServerCli(args: readonly string[], stdio: 'inherit' | 'ignore' = 'inherit'): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [serverMain, '--accept-server-license-terms', ...args], {
      stdio,
      env: environment(),
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

export async function startServer(options: ServerOptions): Promise<VscodeServer> {
  for (const folder of [options.userDataDir, options.extensionsDir, options.tmpDir])
    mkdirSync(folder, { recursive: true });
  const log = openSync(options.logFile, 'a');
  const child = spawn(process.execPath, [serverMain, ...serverArguments(options)], {
    detached: true, // a process group of its own: extension hosts, language servers and file watcher end with it
    stdio: ['ignore', 'pipe', log],
    env: environment({ TMPDIR: options.tmpDir, ...options.env }),
  });
  const group = new ProcessGroup(child);
  const listeners: ((text: string) => void)[] = [(text) => writeSync(log, text)];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    for (const listener of listeners) listener(text);
  });
  const port = await portOf(child, listeners).catch((error: unknown) => {
    group.signal('SIGKILL');
    throw error;
  });
  return {
    authority: `127.0.0.1:${port}`,
    gone: group.gone,
    onLog: (listener) => void listeners.push(listener),
    stop: async () => {
      await group.end();
      closeSync(log);
    },
  };
}

function serverArguments({
  userDataDir,
  extensionsDir,
  smokeDriver,
  workspaceTrust,
  token,
  args,
}: ServerOptions): string[] {
  return [
    '--accept-server-license-terms',
    ...(token ? ['--connection-token', token] : ['--without-connection-token']),
    ...['--host', '127.0.0.1', '--port', '0', '--user-data-dir', userDataDir, '--extensions-dir', extensionsDir],
    ...['--disable-telemetry', '--telemetry-level', 'off', '--disable-experiments', '--disable-update-check'],
    ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    '--force-disable-user-env', // no login shell: the extension host gets exactly our environment
    ...['--reconnection-grace-time', '10', '--enable-remote-auto-shutdown'], // ends by itself should we be killed
    ...(smokeDriver ? ['--enable-smoke-test-driver'] : []),
    ...(args ?? []),
  ];
}

function portOf(child: ChildProcess, listeners: ((text: string) => void)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const limit = setTimeout(
      () => reject(new Error(`VS Code server not up after ${startLimitMs} ms\n${said}`)),
      startLimitMs,
    );
    child.on('error', reject);
    child.on('exit', (code, signal) => reject(new Error(`VS Code server ended early (${code ?? signal})\n${said}`)));
    const listen = (text: string): void => {
      said += text;
      const port = listening.exec(said)?.[1];
      if (port === undefined) return;
      clearTimeout(limit);
      listeners.splice(listeners.indexOf(listen), 1);
      resolve(port);
    };
    listeners.push(listen);
  });
}

/** Ends a detached child with all that it started. */
class ProcessGroup {
  readonly gone: Promise<void>;
  readonly #pid: number | undefined;
  readonly #onExit = (): void => this.signal('SIGKILL');

  constructor(child: ChildProcess) {
    this.#pid = child.pid;
    this.gone = new Promise((resolve) => child.on('exit', () => resolve()));
    process.on('exit', this.#onExit);
  }

  signal(signal: NodeJS.Signals): void {
    if (this.#pid === undefined) return;
    try {
      process.kill(-this.#pid, signal);
    } catch {
      // ended already
    }
  }

  async end(): Promise<void> {
    this.signal('SIGTERM');
    await Promise.race([this.gone, sleep(3000)]);
    await sleep(200); // children end by themselves; asking them with signal 0 would also be answered by zombies
    this.signal('SIGKILL');
    process.off('exit', this.#onExit);
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
