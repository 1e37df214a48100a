/** Which programs a test needs, and what to say where they are missing. */
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** sbin directories too: sshd and libvirtd are not on every user's PATH. */
const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin', '/sbin'].filter(
  path.isAbsolute,
);

const packages: Readonly<Record<string, string>> = {
  virsh: 'libvirt-clients',
  libvirtd: 'libvirt-daemon',
  'qemu-system-x86_64': 'qemu-system-x86',
  'qemu-img': 'qemu-utils',
  sshd: 'openssh-server',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  setpriv: 'util-linux',
  python3: 'python3',
  script: 'bsdutils',
  strace: 'strace',
  nvim: 'neovim',
};

/** The absolute path of a program, or undefined. */
export function programPath(name: string): string | undefined {
  return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What node:test's `skip` takes: false when everything is there, otherwise the reason. */
export function requirements(...programs: readonly string[]): string | false {
  if (process.platform !== 'linux') return 'needs Linux';
  const missing = programs.filter((program) => programPath(program) === undefined);
  if (!missing.length) return false;
  return `missing: ${missing.map((program) => `${program} (Debian package ${packages[program] ?? program})`).join(', ')}`;
}

/** What a private libvirtd with guests needs. */
export const daemonPrograms = ['virsh', 'libvirtd', 'qemu-system-x86_64', 'qemu-img', 'python3', 'setpriv'] as const;
/** What a throw-away sshd needs. */
export const sshPrograms = ['ssh', 'sshd', 'ssh-keygen'] as const;
