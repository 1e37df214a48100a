/** Domains of any length, made for measuring. */

/** The n-th target name: vda … vdz, vdaa … */
function target(index: number): string {
  const letters = (n: number): string =>
    n < 26 ? String.fromCharCode(97 + n) : letters(Math.floor(n / 26) - 1) + letters(n % 26);
  return `vd${letters(index)}`;
}

const disk = (index: number): string => `    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cache='none' io='native' discard='unmap'/>
      <source file='/var/lib/libvirt/images/disk-${index}.qcow2'/>
      <target dev='${target(index)}' bus='virtio'/>
    </disk>
`;

/** A valid domain of about so many lines, mostly disks. */
export function domainOf(lines: number): string {
  const head = `<domain type='kvm'>
  <name>bench</name>
  <memory unit='GiB'>8</memory>
  <vcpu>4</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <cpu mode='host-model'/>
  <devices>
`;
  const tail = '  </devices>\n</domain>\n';
  const disks = Math.max(1, Math.round((lines - 9) / 5));
  return head + Array.from({ length: disks }, (_, index) => disk(index)).join('') + tail;
}
