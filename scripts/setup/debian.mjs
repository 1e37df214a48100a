// Installs the Debian packages that the tests use, as root on Debian; elsewhere says which programs to install.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { Obstacle, run, since } from '../project.mjs';
import { onPath } from './desktop.mjs';

/** Package, the program by which it is known to be there, what it is for, and who needs it. The only list of its kind. */
const packages = [
  { name: 'make', program: 'make', why: 'compiles two native modules of the VS Code server', for: 'vscode-server' },
  { name: 'g++', program: 'g++', why: 'the same', for: 'vscode-server' },
  { name: 'python3', program: 'python3', why: 'the same (node-gyp)', for: 'vscode-server' },
  { name: 'chromium', program: 'chromium', why: 'the window of the VS Code tests', for: 'browser' },
  { name: 'libvirt-clients', program: 'virsh', why: 'define, clone, start', for: 'libvirt' },
  { name: 'libvirt-daemon', program: 'libvirtd', why: 'a private daemon started by the tests', for: 'libvirt' },
  { name: 'libvirt-daemon-driver-qemu', why: 'its QEMU driver', for: 'libvirt' },
  { name: 'qemu-system-x86', program: 'qemu-system-x86_64', why: 'real guests', for: 'libvirt' },
  { name: 'qemu-utils', program: 'qemu-img', why: 'their disks', for: 'libvirt' },
  { name: 'openssh-server', program: 'sshd', why: 'a host reached over ssh, on loopback', for: 'libvirt' },
  { name: 'openssh-client', program: 'ssh', why: 'the ssh runner', for: 'libvirt' },
  { name: 'virtinst', program: 'virt-clone', why: 'the peer that a clone is compared with', for: 'libvirt' },
  { name: 'libxml2-utils', program: 'xmllint', why: 'oracle of the XML parser', for: 'libvirt' },
  { name: 'jing', program: 'jing', why: 'oracle of the grammar', for: 'libvirt' },
  { name: 'strace', program: 'strace', why: 'shows that no network is used', for: 'editors' },
  { name: 'neovim', program: 'nvim', why: 'another editor, set up as documented', for: 'editors' },
];

/** Daemons live in sbin, which an ordinary user's PATH lacks. */
const isProgramThere = (program) => onPath(program) !== undefined || existsSync(`/usr/sbin/${program}`);

function isPackageThere(name) {
  const { stdout } = spawnSync('dpkg-query', ['--status', name], { encoding: 'utf8' });
  return /^Status: .* installed$/m.test(stdout ?? '');
}

/** @param {...('vscode-server' | 'browser' | 'libvirt' | 'editors')} purposes */
export async function installDebianPackages(...purposes) {
  const wanted = packages.filter((one) => purposes.includes(one.for));
  const isDebian = onPath('apt-get') !== undefined && onPath('dpkg-query') !== undefined;
  const missing = wanted.filter((one) =>
    one.program ? !isProgramThere(one.program) : isDebian && !isPackageThere(one.name),
  );
  if (missing.length === 0) return;
  const names = missing.map((one) => one.name);
  if (isDebian && process.getuid?.() === 0) return install(names);
  console.log(
    isDebian
      ? `setup: not root, so please run: sudo apt-get install --no-install-recommends ${names.join(' ')} (what needs them is skipped until then)`
      : `setup: not Debian, so please install by your own means: ${missing.map((one) => one.program ?? one.name).join(', ')} (what needs them is skipped until then)`,
  );
}

async function install(names) {
  console.log(`setup: installing Debian packages: ${names.join(' ')} …`);
  const start = performance.now();
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  if ((await run('apt-get', ['update', '-q'], quiet)) !== 0) {
    throw new Obstacle(
      'setup: apt-get update failed (see above); mend /etc/apt/sources.list or the network, then run this again',
    );
  }
  const status = await withoutServices(() =>
    run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...names], quiet),
  );
  if (status !== 0) {
    throw new Obstacle(
      `setup: apt-get install failed (see above); try it by hand: apt-get install --no-install-recommends ${names.join(' ')}`,
    );
  }
  console.log(`setup: Debian packages installed in ${since(start)}`);
}

/** Debian asks this file before a package may start its service: the tests want the programs, not another sshd on the machine. */
async function withoutServices(work) {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) return work();
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await work();
  } finally {
    rmSync(policy, { force: true });
  }
}
