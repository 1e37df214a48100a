/** What runs the VM: emulator, machine type, processor. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

export const cpu: readonly FailureEntry[] = [
  {
    pattern: /Emulator '(.+?)' does not support virt type 'kvm'|the accel 'kvm' is not supported|KVM kernel module/,
    kind: 'unsupported',
    message: phrase`{connection} offers no KVM. Switch virtualization on in its firmware and load the kvm module, or use <domain type='qemu'>.`,
    place: { at: ['@type'], value: 'kvm' },
  },
  {
    pattern: /Emulator '(.+?)' does not support virt type '(.+?)'|invalid domain type (\S+)/,
    kind: 'unsupported',
    message: phrase`{connection} cannot run VMs of the type $2$3. Take type='kvm' or type='qemu' there.`,
    place: { at: ['@type'], value: '$2$3' },
  },
  {
    pattern: /Emulator '(.+?)' does not support arch '(.+?)'|[Uu]nknown architecture:? (\S+)/,
    kind: 'unsupported',
    message: phrase`{connection} has no QEMU for the architecture $2$3. Install it there (qemu-system-…), or correct the name.`,
    place: { at: ['os/type@arch'], value: '$2$3' },
  },
  {
    pattern: /does not support machine type '(.+?)'|the machine '(.+?)' is not supported by emulator/,
    kind: 'unsupported',
    message: phrase`The QEMU of {connection} does not know the machine type $1$2: it is older, or newer than the type. Take one that domcapabilities offers.`,
    place: { at: ['os/type@machine'], value: '$1$2' },
  },
  {
    pattern: /Cannot check QEMU binary (\S+):/,
    kind: 'not-found',
    message: phrase`There is no emulator $1 at {connection}. Correct or remove <emulator>.`,
    place: { at: ['devices/emulator'], value: '$1' },
  },
  {
    pattern: /CPU mode '(.+?)' for .* is not supported by hypervisor/,
    kind: 'unsupported',
    message: phrase`The CPU mode $1 needs KVM, which the VM does not use. Take another mode, or <domain type='kvm'>.`,
    place: { at: ['cpu@mode'], value: '$1' },
  },
  {
    pattern: /Invalid mode attribute '(.+?)'/,
    kind: 'unsupported',
    message: phrase`There is no CPU mode $1. Take custom, host-model, host-passthrough or maximum.`,
    place: { at: ['cpu@mode'], value: '$1' },
  },
  {
    pattern: /Unknown CPU model (\S+)/,
    kind: 'unsupported',
    message: phrase`{connection} knows no CPU model $1. Take one that domcapabilities offers there.`,
    place: { at: ['cpu/model'], value: '$1' },
  },
  {
    pattern: /unknown CPU feature: (\S+)/,
    kind: 'unsupported',
    message: phrase`{connection} knows no CPU feature $1. Correct its name, or remove it.`,
    place: { at: ['cpu/feature@name'], value: '$1' },
  },
  {
    pattern: /guest CPU doesn't match specification:.*?missing features: (.+)/,
    kind: 'unsupported',
    message: phrase`The CPU at {connection} lacks what the definition asks for: $1. Take an older model, or check="partial".`,
    place: { at: ['cpu/model', 'cpu@mode'] },
  },
  {
    pattern: /CPU is incompatible with host CPU: Host CPU does not provide required features: (.+)/,
    kind: 'unsupported',
    message: phrase`The CPU at {connection} lacks: $1. Take a model that every host of the VM has (CPU baseline).`,
    place: { at: ['cpu/model', 'cpu@mode'] },
  },
  {
    pattern: /unsupported HyperV Enlightenment feature: (\S+)/,
    kind: 'unsupported',
    message: phrase`{connection} knows no Hyper-V enlightenment $1. Remove it, or correct its name.`,
    place: { at: ['features/hyperv/$1'] },
  },
  {
    pattern: /Security driver model '(.+?)' is not available/,
    kind: 'unsupported',
    message: phrase`{connection} does not use $1. Remove <seclabel>: libvirt then takes what it has there.`,
    place: { at: ['seclabel@model'], value: '$1' },
  },
];
