import type { Profile } from './profile.ts';

export const lockedDown: Profile = {
  title: 'Guests whose inhabitants are not trusted, or must be kept apart.',
  moves: {
    'memory/ksm-page-sharing': ['error', 'Shared pages let a guest learn of others by timing.'],
    'memory/locked-without-limit': ['error', 'A guest could take all memory of the host.'],
    'cpu/named-model-missing-mitigations-intel': ['error', "The guest's kernel cannot protect its own processes."],
    'cpu/named-model-missing-mitigations-amd': ['error', "The guest's kernel cannot protect its own processes."],
    'cpu/legacy-baseline-model': ['error', 'Such a model has none of the mitigations.'],
    'cpu/missing-cpu-element': ['error', "QEMU's default model has none of the mitigations."],
    'cpu/feature-force': ['error', 'A mitigation may be announced that the host does not have.'],
    'cpu/nested-virtualization': ['warning', 'It opens a large part of KVM to the guest.'],
    'network/trust-guest-rx': ['error', 'The guest may listen to traffic that is not meant for it.'],
    'network/slirp-performance': ['warning', 'A network stack in the QEMU process reads what the guest sends.'],
    'graphics-security/secure-without-tls': ['error', 'What is shown and typed can be read on the way.'],
    'storage/nbd-without-tls': ['error', 'Anybody on the way can read and change the disk.'],
    'storage/ssl-verify-off': ['error', 'Anybody can pose as the server of the disk.'],
    'graphics-security/listen-all-no-password': ['error', 'Anybody in the network can sit down at the guest.'],
    'graphics-security/plaintext-password': ['error', 'Whoever may read the file knows the password.'],
    'graphics-security/spice-without-tls': ['error', 'What is shown and typed can be read on the way.'],
    'graphics-security/spice-data-channels': ['error', 'Data can leave the guest through clipboard and file transfer.'],
    'graphics-security/chardev-tcp-open': ['error', 'Anybody in the network can speak to the device.'],
    'graphics-security/seclabel-none': ['error', 'Whoever breaks out of QEMU has the host.'],
    'graphics-security/qemu-commandline': ['error', 'What is passed by hand libvirt neither checks nor confines.'],
    'graphics-security/rawio': ['error', "QEMU may send any command to the host's disks."],
    'devices/sev-policy-debug': ['error', 'The host can read the memory of the guest.'],
  },
};
