/** A throw-away sshd on 127.0.0.1 with keys of its own; it lets in the user who runs the tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

  /** The path of a file of the bed: `id` (the key that is let in), `stranger` (one that is not), `known_hosts`. */
  file(name: string): string {
    return path.join(this.directory, name);
  }

  async stop(): Promise<void> {
    await endProcess(this.#server);
    this.#removeDirectory();
  }
}

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
AcceptEnv VIRTLINT_TEST_*
`;
}

function clientSettings(directory: string, port: number): string {
  return `Host bed
  HostName 127.0.0.1
  Port ${port}
  User ${userInfo().username}
  IdentityFile ${directory}/id
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
