/** What a refusal of libvirt says of: the document, or only the host that it is asked on. */
import { emulated } from './documents.ts';
import type { Verdict } from './libvirtOracle.ts';

/** Of a daemon that runs as nobody, on a host without KVM, tap devices, huge pages and PCI devices to pass on. */
const ofTheHost: readonly RegExp[] = [
  /^Unable to open \/dev\/net\/tun/,
  /hugetlbfs filesystem is not mounted/,
  /in session mode/,
  /^the CPU is incompatible with host CPU/,
  /invalid PCI passthrough type 'default'/,
  /^Cannot access storage file/,
  /^Network not found/,
  // CPU models that came after this libvirt.
  /Unknown CPU model/,
];
const withoutKvm = /CPU mode 'host-passthrough' .* is not supported by hypervisor/;
const bySchema = /^XML document failed to validate against schema/;

/** Whether the refusal is one of the document, wherever it is shown. */
export function refuses(verdict: Verdict, text: string): boolean {
  if (verdict.outcome !== 'refused') return false;
  if (withoutKvm.test(verdict.reason)) return emulated(text) === text;
  return !ofTheHost.some((reason) => reason.test(verdict.reason));
}

/** Whether libvirt's schema refuses, which knows nothing newer than that libvirt. */
export function refusesBySchema(verdict: Verdict): boolean {
  return bySchema.test(verdict.reason);
}
