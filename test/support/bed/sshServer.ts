/** A throw-away sshd on 127.0.0.1 with keys of its own; it lets in the user who runs the tests. */

import netcat from 'text:./netcat.py';
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { userInfo } from 'node:os';
import path from 'node:path';
import { isRoot } from './libvirtDaemon.ts';
import { programPath } from './requirements.ts';
import { endProcess, endWithTests, runTool, scratchDirectory, waitFor } from './scratch.ts';

export class SshServer {
  readonly directory: string;
  readonly port: number;
  readonly #server: ChildProcess;
  readonly #removeDirectory: () => void;

  private constructor(directory: string, port: number, server: ChildProcess, removeDirectory: () => void) {
    this.directory = directory;
    this.port = port;
    this.#server = server;
    this.#removeDirectory = removeDirectory;
  }

  static async start(): Promise<SshServer> {
    const { directory, remove } = scratchDirectory();
    for (const key of ['hostkey', 'id', 'stranger'])
      runTool('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', key, '-f', path.join(directory, key));
    copyFileSync(path.join(directory, 'id.pub'), path.join(directory, 'authorized_keys'));
    writeFileSync(path.join(directory, 'login'), login, { mode: 0o755 });
    writeFileSync(path.join(directory, 'netcat'), netcat, { mode: 0o755 });
    // Privilege separation of an sshd that root starts.
    if (isRoot) mkdirSync('/run/sshd', { recursive: true });
    const port = await freePort();
    writeFileSync(path.join(directory, 'sshd_config'), serverSettings(directory, port));
    const [type = '', key = ''] = readFileSync(path.join(directory, 'hostkey.pub'), 'utf8').split(' ');
    writeFileSync(path.join(directory, 'known_hosts'), `[127.0.0.1]:${port} ${type} ${key}\n`);
    writeFileSync(path.join(directory, 'ssh_config'), clientSettings(directory, port));
    const log = path.join(directory, 'sshd.log');
    const server = spawn(programPath('sshd') ?? 'sshd', ['-D', '-f', path.join(directory, 'sshd_config'), '-E', log], {
      stdio: 'ignore',
    });
    endWithTests(server);
    await waitFor('sshd', () => {
      if (server.exitCode !== null)
        throw new Error(`sshd did not start: ${existsSync(log) ? readFileSync(log, 'utf8') : ''}`);
      return accepts(port);
    });
    return new SshServer(directory, port, server, remove);
  }

  /** Arguments for ssh with which the destination `bed` is this server. */
  get options(): readonly string[] {
    return ['-F', path.join(this.directory, 'ssh_config')];
  }

  /** The path of a file of the bed: `netcat` (what qemu+ssh needs), `stranger.pub` (another key), `known_hosts`. */
  file(name: string): string {
    return path.join(this.directory, name);
  }

  /** Ends every connection that many commands share, as a cable does that is pulled. */
  cutConnections(): void {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        if (words.includes('ControlMaster=yes') && words.includes(this.directory)) process.kill(Number(pid), 'SIGKILL');
      } catch {
        // It has ended in the meantime.
      }
    }
  }

  async stop(): Promise<void> {
    await endProcess(this.#server);
    this.#removeDirectory();
  }
}

/**
 * Stands for the login shell with its start-up files. Two variables that a client may send make it talkative, or poor in programs; without them
 * it does what sshd does.
 */
const login = `#!/bin/sh
[ -z "$VIRTLINT_TEST_GREETING" ] || echo "$VIRTLINT_TEST_GREETING"
[ -z "$VIRTLINT_TEST_PATH" ] || PATH=$VIRTLINT_TEST_PATH
exec /bin/sh -c "$SSH_ORIGINAL_COMMAND"
`;

function serverSettings(directory: string, port: number): string {
  return `Port ${port}
ListenAddress 127.0.0.1
HostKey ${directory}/hostkey
AuthorizedKeysFile ${directory}/authorized_keys
PidFile none
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication no
KbdInteractiveAuthentication no
PrintMotd no
# The default costs a tenth of a second of computing at each end.
KexAlgorithms curve25519-sha256
AcceptEnv VIRTLINT_TEST_*
SetEnv HOME=${directory}
ForceCommand ${directory}/login
`;
}

/** Two names for the server: `bed` logs in, `bed-stranger` tries to with a key that nobody knows. */
function clientSettings(directory: string, port: number): string {
  const hosts = [
    ['bed', 'id'],
    ['bed-stranger', 'stranger'],
  ].map(([host, key]) => `Host ${host}\n  IdentityFile ${directory}/${key}\n`);
  return `${hosts.join('')}Host bed bed-stranger
  HostName 127.0.0.1
  Port ${port}
  User ${userInfo().username}
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile ${directory}/known_hosts
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
`;
}

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
