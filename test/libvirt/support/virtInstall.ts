/** Domains as virt-install makes them, for many kinds of guests. */
import script from 'text:./virtInstall.py';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { programPath } from '../../support/bed/requirements.ts';
import type { Random } from '../../support/random.ts';

/** Why there are none, or false: what node:test's `skip` takes. */
export const virtInstallMissing: string | false =
  programPath('virt-install') && existsSync('/usr/share/virt-manager/virtinst')
    ? false
    : 'missing: virt-install (Debian package virtinst)';

/** Images that the disks have. */
export const imageNames = ['a.raw', 'a.qcow2', 'b.raw'];

type Choices = readonly [string, ...string[]];

const systems: Choices = [
  'debian11',
  'ubuntu22.04',
  'fedora37',
  'win10',
  'win2k19',
  'rhel8.6',
  'freebsd13.1',
  'generic',
];

/** Options of virt-install by subject; each domain has one of each. An empty one leaves the subject to virt-install. */
const subjects: readonly Choices[] = [
  [
    '',
    '--machine q35',
    '--machine pc',
    '--machine pc-q35-7.2',
    '--boot loader=/usr/share/OVMF/OVMF_CODE.fd,loader.readonly=yes,loader.type=pflash,nvram.template=/usr/share/OVMF/OVMF_VARS.fd',
    '--boot menu=on,useserial=on',
  ],
  [
    '--memory 1024',
    '--memory 4096,maxmemory=8192',
    '--memory 2048 --memorybacking source.type=memfd,access.mode=shared',
    '--memory 2048 --memorybacking locked=yes --memtune hard_limit=4194304',
    '--memory 2048 --memorybacking nosharepages=yes',
    '--memory 2048 --memorybacking hugepages=yes,size=2,unit=M',
    '--memory 2048 --memorybacking allocation.mode=immediate,allocation.threads=4',
  ],
  [
    '--vcpus 1',
    '--vcpus 4',
    '--vcpus 8,maxvcpus=16',
    '--vcpus 8,sockets=2,cores=2,threads=2',
    '--vcpus 4,cpuset=0-1',
    '--vcpus 4 --numatune 0',
    '--vcpus 12,sockets=1,dies=2,cores=3,threads=2',
  ],
  [
    '',
    '--cpu host-model',
    '--cpu qemu64',
    '--cpu Nehalem',
    '--cpu mode=maximum',
    '--cpu qemu64,+ssse3,-svm',
    '--cpu host-model,cache.mode=emulate,cache.level=3',
    '--cpu Penryn,disable=nx,cell0.cpus=0,cell0.memory=1048576',
  ],
  ['', '--iothreads 2', '--iothreads iothreads=4,iothreadids.iothread0.id=1,iothreadids.iothread1.id=3'],
  [
    '--disk none',
    '--disk type=file,source.file=/img/a.raw,driver.type=raw',
    '--disk type=file,source.file=/img/a.qcow2,driver.type=qcow2,bus=virtio,cache=none,io=native',
    '--disk type=file,source.file=/img/a.qcow2,driver.type=qcow2,bus=scsi,discard=unmap --controller scsi,model=virtio-scsi',
    '--disk type=file,source.file=/img/a.qcow2,driver.type=qcow2,bus=sata,cache=writeback',
    '--disk type=file,source.file=/img/a.qcow2,driver.type=qcow2,bus=usb,cache=unsafe',
    '--disk type=file,source.file=/img/a.qcow2,driver.type=qcow2,cache=directsync,io=threads,driver.detect_zeroes=unmap,driver.discard=unmap',
    '--disk type=file,source.file=/img/a.qcow2,driver.type=qcow2,bus=virtio,driver.queues=4 --disk type=file,source.file=/img/b.raw,driver.type=raw,shareable=yes,cache=none',
    '--disk type=file,source.file=/img/a.qcow2,driver.type=qcow2,driver.copy_on_read=on,serial=WD-123,iotune.read_bytes_sec=1000000',
    '--disk type=file,source.file=/img/a.qcow2,driver.type=qcow2,error_policy=stop,boot.order=1',
    '--disk device=cdrom --disk device=floppy',
    '--disk source.protocol=rbd,source.name=pool/a,source.host0.name=mon,type=network',
  ],
  [
    '--network user',
    '--network user,model=e1000',
    '--network user,model=virtio-transitional',
    '--network user,model=e1000e',
    '--network user,model=virtio,driver.queues=1',
    '--network none',
    '--network user,mac=52:54:00:12:34:56,boot.order=2',
    '--network bridge=br0,model=virtio,driver.name=vhost,driver.queues=4',
    '--network network=default,mtu.size=9000',
    '--network type=direct,source=eth0,source.mode=bridge,model=virtio',
    '--network type=user,link.state=down --network type=user,model=rtl8139',
  ],
  [
    '',
    '--graphics vnc,listen=127.0.0.1',
    '--graphics spice',
    '--graphics none --console pty,target.type=virtio',
    '--graphics vnc --video qxl',
    '--graphics vnc,passwd=secret --sound none',
  ],
  [
    '',
    '--channel unix,target.type=virtio,target.name=org.qemu.guest_agent.0',
    '--tpm emulator,model=tpm-crb',
    '--vsock cid.auto=yes',
    '--rng /dev/urandom,rate.bytes=1024,rate.period=1000',
    '--watchdog i6300esb,action=reset',
    '--sound ich9',
    '--filesystem /srv,share,accessmode=mapped',
    '--panic default',
    '--memballoon model=virtio,autodeflate=on,stats.period=5',
    '--iommu model=intel,driver.intremap=on --features ioapic.driver=qemu',
    '--serial pty',
    '--redirdev usb,type=spicevmc',
    '--shmem name=a,model.type=ivshmem-plain',
  ],
];

/**
 * As many argument lists as asked for, all different.
 * @param images the directory of the disks' images, which virt-install looks at: imageNames
 */
export function argumentLists(random: Random, count: number, images: string): string[][] {
  const lists = new Map<string, string[]>();
  while (lists.size < count) {
    const options = subjects.map((choices) => random.pick(choices)).join(' ');
    const list = [
      '--name example --virt-type qemu --import --print-xml --dry-run',
      `--osinfo ${random.pick(systems)}`,
      options,
    ]
      .join(' ')
      .replaceAll('/img/', `${images}/`)
      .split(' ')
      .filter(Boolean);
    lists.set(list.join(' '), list);
  }
  return [...lists.values()];
}

/** What virt-install makes of them for the libvirt at a URI: a domain, or null where it declines. */
export async function virtInstall(uri: string, lists: readonly string[][]): Promise<(string | null)[]> {
  // Debian's own Python, which has virt-install's libraries.
  const child = spawn('/usr/bin/python3', ['-c', script], { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  let printed = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    printed += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaints += chunk;
  });
  child.stdin.end(JSON.stringify([uri, lists]));
  await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  if (!printed) throw new Error(`virt-install: ${complaints}`);
  const answers: unknown = JSON.parse(printed);
  if (!Array.isArray(answers)) throw new Error(`virt-install printed ${printed}`);
  return answers.map((answer) => (typeof answer === 'string' ? answer : null));
}
