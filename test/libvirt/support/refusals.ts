/** What a refusal of libvirt says of: the document, or only the host that it is asked on. */
import { emulated } from './documents.ts';
import type { Verdict } from './libvirtOracle.ts';

/** Of a daemon that runs as nobody, on a host without KVM, tap devices, huge pages and PCI devices to pass on. */
const ofTheHost: readonly RegExp[] = [
  /^Unable to open \/dev\/net\/tun/,
  /hugetlbfs filesystem is not mounted/,
  /in session mode/,
  /NUMA node \d+ is unavailable/,
  /^the CPU is incompatible with host CPU/,
  /invalid PCI passthrough type 'default'/,
  /^Cannot access storage file/,
  /address resolution failed/,
  /module block-[a-z-]+ not found/,
  /cannot limit locked memory/,
  /but specified dev doesn't exist/,
  /^Network not found/,
  /^Storage pool not found/,
  /Advice from numad is needed/,
  /^Secret not found/,
  /^cannot open directory '\/dev\/dri'/,
  /TPM version '2.0' is not supported/,
  /does not support TPM backend type external/,
  /Unable to find ('efi'|any) firmware/,
  /USB host device is missing bus\/device information/,
  /vhost-scsi device file '.*' cannot be found/,
  /^cannot open directory '\/sys\/bus\/scsi/,
  /launch security is not supported with this QEMU binary/,
  // Guests of another architecture.
  /No emulator found for arch/,
  // CPU models that came after this libvirt.
  /Unknown CPU model/,
];
const withoutKvm =
  /CPU mode 'host-passthrough' .* is not supported by hypervisor|cachetune is only supported for KVM domains/;
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

/** Refusals that a daemon without rights and without huge pages does not come to, and what it takes. */
export const outOfReach: ReadonlyMap<string, string> = new Map([
  ['firmware-boot/arm-acpi-needs-uefi', 'QEMU for other architectures'],
  ['devices/pci-hole-machine', 'QEMU for other architectures'],
  ['features/pmu-always-on', 'QEMU for other architectures'],
  ['features/acpi-unsupported', 'QEMU for other architectures'],
  ['features/sleep-states', 'QEMU for other architectures'],
  ['lifecycle/identity', 'the name itself, which the test replaces'],
  ['features/tcg-on-kvm', 'KVM'],
  ['windows-guests/enlightenment-dependencies', 'KVM'],
  ['network/queues-on-user', 'a start that gets as far as the interfaces'],
  ['network/vhostuser-tap-path', 'a start that gets as far as the interfaces'],
  ['numa-pinning/distance-invalid', 'a libvirt that does not end when it is asked'],
  [
    'disk/missing-source',
    'images that are there: an empty USB cdrom is for QEMU to refuse, which is started after that',
  ],
  ['disk/iotune-values', 'images that are there: bursts are for QEMU to refuse, which is started after that'],
  ['memory/hugepage-size-unsupported', 'a hugetlbfs; without one, pages of no size are there'],
  ['memory/virtiofs-needs-shared', 'a daemon of root: virtiofs in a session is refused first'],
  ['network/queues-over-tap-limit', 'the right to open tap devices: the kernel refuses the 257th queue'],
  [
    'network/queue-size',
    'the right to open tap devices: QEMU, which refuses sizes that are powers of two, is started after that',
  ],
  ['disk/foreign-bus', 'a start that gets as far as the disks'],
  ['disk/floppy-on-pseries', 'QEMU for other architectures'],
  ['cpu/sve-lengths', 'QEMU for other architectures'],
  ['cpu/whole-cores', 'QEMU for other architectures'],
  ['devices/panic-no-model', 'QEMU for other architectures'],
  ['devices/parallel-machine', 'QEMU for other architectures'],
  ['devices/pci-hole-machine', 'QEMU for other architectures'],
  ['devices/ccw-twice', 'QEMU for other architectures'],
  ['devices/zpci-id', 'QEMU for other architectures'],
  ['devices/spapr-vio', 'QEMU for other architectures'],
  ['devices/filesystem-options', 'a daemon of root: virtiofs in a session is refused first'],
  ['devices/tpm-version', 'swtpm: without it no version is there'],
  ['devices/tpm-machine', 'swtpm: without it no version is there'],
  ['devices/arch-or-type-unsupported', 'the host of the page; the documents are shown without KVM'],
  ['devices/not-in-emulator', 'the host of the page, whose QEMU has fewer devices'],
  ['cpu/model-not-usable', 'the host of the page, with an older CPU'],
  ['storage/secret-not-found', 'the host of the page: every host lacks it'],
]);

/** Errors that releases after 9.0 refuse, by their messages; 9.0 passes over what they speak of. */
export const newerRefusals: readonly RegExp[] = [
  /^`queue_size` is an option of virtio disks/,
  /^A cell is `restrictive` only where/,
];
