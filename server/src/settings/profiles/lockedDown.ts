import { phrase } from '../../l10n/say.ts';
import type { Profile } from './profile.ts';

export const lockedDown: Profile = {
  title: phrase`Guests whose inhabitants are not trusted, or must be kept apart.`,
  moves: {
    'memory/ksm-page-sharing': ['error', phrase`Shared pages let a guest learn of others by timing.`],
    'memory/locked-without-limit': ['error', phrase`A guest could take all memory of the host.`],
    'cpu/named-model-missing-mitigations-intel': [
      'error',
      phrase`The guest's kernel cannot protect its own processes.`,
    ],
    'cpu/named-model-missing-mitigations-amd': ['error', phrase`The guest's kernel cannot protect its own processes.`],
    'cpu/legacy-baseline-model': ['error', phrase`Such a model has none of the mitigations.`],
    'cpu/missing-cpu-element': ['error', phrase`QEMU's default model has none of the mitigations.`],
    'cpu/feature-force': ['error', phrase`A mitigation may be announced that the host does not have.`],
    'cpu/nested-virtualization': ['warning', phrase`It opens a large part of KVM to the guest.`],
    'network/trust-guest-rx': ['error', phrase`The guest may listen to traffic that is not meant for it.`],
    'network/slirp-performance': ['warning', phrase`A network stack in the QEMU process reads what the guest sends.`],
    'graphics-security/secure-without-tls': ['error', phrase`What is shown and typed can be read on the way.`],
    'storage/nbd-without-tls': ['error', phrase`Anybody on the way can read and change the disk.`],
    'storage/ssl-verify-off': ['error', phrase`Anybody can pose as the server of the disk.`],
    'graphics-security/listen-all-no-password': ['error', phrase`Anybody in the network can sit down at the guest.`],
    'graphics-security/plaintext-password': ['error', phrase`Whoever may read the file knows the password.`],
    'graphics-security/spice-without-tls': ['error', phrase`What is shown and typed can be read on the way.`],
    'graphics-security/spice-data-channels': [
      'error',
      phrase`Data can leave the guest through clipboard and file transfer.`,
    ],
    'graphics-security/chardev-tcp-open': ['error', phrase`Anybody in the network can speak to the device.`],
    'graphics-security/seclabel-none': ['error', phrase`Whoever breaks out of QEMU has the host.`],
    'graphics-security/qemu-commandline': [
      'error',
      phrase`What is passed by hand libvirt neither checks nor confines.`,
    ],
    'graphics-security/rawio': ['error', phrase`QEMU may send any command to the host's disks.`],
    'devices/sev-policy-debug': ['error', phrase`The host can read the memory of the guest.`],
  },
};
