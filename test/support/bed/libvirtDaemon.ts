/**
 * A private libvirtd that needs no root and shares nothing with the machine's own: everything lies in one directory. Where root runs the tests
 * it is started as nobody, because a libvirtd of root always uses the directories of the system.
 */

import subReaper from 'text:./subreap.py';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { endProcess, endWithTests, runTool, scratchDirectory, waitFor } from './scratch.ts';
import { tinyDisk } from './tinyGuest.ts';

export const nobody = 65534;
export const isRoot = process.getuid?.() === 0;

/** Half of them for screens; all of them below those that Linux gives to whoever asks for any. */
const portsEach = 40;

export interface BedOptions {
  /** A directory in whose place the daemon and its guests see an own one, `images`, as a second machine does. Only root can do that. */
  readonly hidden?: string;
}

/**
 * Ports for screens and migrations which no other daemon has. By default all have the same: each looks for a free one before its guest
 * takes it, so two of them that look at the same time find the same, and one guest fails.
 */
function ownPorts(): string {
  const first = 10_000 + portsEach * randomInt(500);
  const ranges = { remote_display: first, migration: first + portsEach / 2 };
  return Object.entries(ranges)
    .map(([name, port]) => `${name}_port_min = ${port}\n${name}_port_max = ${port + portsEach / 2 - 1}\n`)
    .join('');
}

export class LibvirtDaemon {
  readonly directory: string;
  /** Where images may lie that guests use. */
  readonly images: string;
  readonly #removeDirectory: () => void;
  readonly #hidden: string | undefined;
  #daemon: ChildProcess | undefined;

  private constructor({ hidden }: BedOptions) {
    this.#hidden = hidden;
    const { directory, remove } = scratchDirectory();
    this.directory = directory;
    this.#removeDirectory = remove;
    this.images = path.join(directory, 'img');
    for (const folder of ['home', 'run', 'config/libvirt', 'cache', 'data', 'img', 'bin'])
      mkdirSync(path.join(directory, folder), { recursive: true });
    chmodSync(path.join(directory, 'run'), 0o700);
    writeFileSync(path.join(directory, 'subreap.py'), subReaper);
    // No virtlogd, no AppArmor or SELinux; an identity of its own.
    writeFileSync(
      path.join(directory, 'config/libvirt/qemu.conf'),
      `stdio_handler = "file"\nsecurity_driver = "none"\n${ownPorts()}`,
    );
    writeFileSync(
      path.join(directory, 'config/libvirt/libvirtd.conf'),
      `log_outputs = "3:file:${directory}/libvirtd.log"\nhost_uuid = "${randomUUID()}"\n`,
    );
    this.giveToDaemon(directory);
  }

  static async start(options: BedOptions = {}): Promise<LibvirtDaemon> {
    const bed = new LibvirtDaemon(options);
    await bed.#startDaemon();
    return bed;
  }

  get socket(): string {
    return path.join(this.directory, 'run/libvirt/libvirt-sock');
  }

  /** Where a test may put programs that the daemon finds before those of the machine. */
  get programs(): string {
    return path.join(this.directory, 'bin');
  }

  get uri(): string {
    return `qemu+unix:///session?socket=${this.socket}`;
  }

  /** Makes files readable and writable for the daemon and its guests. */
  giveToDaemon(file: string): void {
    if (isRoot) runTool('chown', '-R', `${nobody}:${nobody}`, file);
  }

  /** An image of the tiny guest; its absolute path. */
  makeImage(name: string, format: 'raw' | 'qcow2' = 'qcow2'): string {
    const image = path.join(this.images, name);
    const raw = `${image}.tmp`;
    writeFileSync(raw, tinyDisk());
    runTool('qemu-img', 'convert', '-f', 'raw', '-O', format, raw, image);
    rmSync(raw);
    this.giveToDaemon(image);
    return image;
  }

  /** What a libvirt client of the bed's own user would have in its environment. */
  environment(): Record<string, string> {
    return {
      HOME: path.join(this.directory, 'home'),
      XDG_RUNTIME_DIR: path.join(this.directory, 'run'),
      XDG_CONFIG_HOME: path.join(this.directory, 'config'),
      XDG_CACHE_HOME: path.join(this.directory, 'cache'),
      XDG_DATA_HOME: path.join(this.directory, 'data'),
      PATH: `${this.programs}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
      LC_ALL: 'C.UTF-8',
    };
  }

  async restart(): Promise<void> {
    await this.#stopDaemon();
    await this.#startDaemon();
  }

  /** The daemon answers nobody until it is thawed: every connection to it stays silent. */
  freeze(): void {
    process.kill(this.#pid, 'SIGSTOP');
  }

  thaw(): void {
    process.kill(this.#pid, 'SIGCONT');
  }

  /** Ends the daemon without a farewell, as a crash does. `restart` makes it come again. */
  async kill(): Promise<void> {
    const ended = this.#daemon && new Promise((resolve) => this.#daemon?.once('exit', resolve));
    process.kill(this.#pid, 'SIGKILL');
    await ended;
    this.#daemon = undefined;
  }

  /** Of the daemon itself, not of what reaps its children. */
  get #pid(): number {
    return Number(readFileSync(path.join(this.directory, 'libvirtd.pid'), 'utf8'));
  }

  /** Ends the daemon and its guests, and removes the directory. */
  async stop(): Promise<void> {
    await this.#stopDaemon();
    this.#removeDirectory();
  }

  async #startDaemon(): Promise<void> {
    const dropRoot = isRoot ? ['setpriv', '--reuid', `${nobody}`, '--regid', `${nobody}`, '--clear-groups', '--'] : [];
    const settings = path.join(this.directory, 'config/libvirt/libvirtd.conf');
    const bind = ['sh', '-c', 'mount --bind "$1" "$2" && shift 2 && exec "$@"', 'sh'];
    const elsewhere = this.#hidden === undefined ? [] : ['unshare', '--mount', ...bind, this.images, this.#hidden];
    const [program = '', ...args] = [
      ...elsewhere,
      ...dropRoot,
      ...['python3', path.join(this.directory, 'subreap.py')],
      ...['libvirtd', '--config', settings, '--pid-file', path.join(this.directory, 'libvirtd.pid')],
    ];
    // A file, not a pipe: nobody has to read it while a test waits for a tool.
    const printed = openSync(path.join(this.directory, 'stderr'), 'a');
    const daemon = spawn(program, args, {
      cwd: this.directory,
      env: this.environment(),
      stdio: ['ignore', 'ignore', printed],
      detached: true,
    });
    closeSync(printed);
    this.#daemon = daemon;
    endWithTests(daemon);
    await waitFor('libvirtd', () => {
      if (daemon.exitCode !== null) throw new Error(`libvirtd did not start: ${this.log()}`);
      return existsSync(this.socket);
    });
  }

  async #stopDaemon(): Promise<void> {
    if (this.#daemon) await endProcess(this.#daemon);
    rmSync(this.socket, { force: true });
    this.#daemon = undefined;
  }

  /** What the daemon printed and logged, for messages of failed tests. */
  log(): string {
    const files = ['stderr', 'libvirtd.log'].map((name) => path.join(this.directory, name));
    return files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')).join('');
  }
}

/** Lets another user than root use a directory of a test. */
export function ownedByNobody(directory: string): void {
  if (isRoot) chownSync(directory, nobody, nobody);
}
