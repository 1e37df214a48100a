import { phrase } from '../../l10n/say.ts';
import type { Profile } from './profile.ts';

export const migratable: Profile = {
  title: phrase`Guests that move to another host while they run.`,
  moves: {
    'cpu/host-passthrough-migration': ['error', phrase`The destination would need the same CPU, microcode and QEMU.`],
    'cpu/host-passthrough-not-migratable': ['error', phrase`Live migration and managed save are refused.`],
    'cpu/host-model-cold-restart': ['warning', phrase`After a cold start on a newer host the guest cannot go back.`],
    'cpu/nested-virtualization': [
      'warning',
      phrase`Moving a guest that runs guests needs recent kernels on both hosts.`,
    ],
    'cpu/check-none': ['warning', phrase`A CPU feature can be lost on the way without a word.`],
    'cpu/fallback-allow': ['warning', phrase`Another model on the destination is another CPU under a running guest.`],
    'disk/cache-default': ['warning', phrase`QEMU's default goes through the page cache of the source host.`],
    'disk/cache-unsafe': ['error', phrase`What the guest has flushed may still be in the memory of the source host.`],
    'disk/cdrom-iso-mandatory': ['warning', phrase`The image must be there on the destination too.`],
    'network/slirp-performance': ['warning', phrase`Connections through the QEMU process end with it.`],
    'migration/blocking-device': ['error', phrase`Live migration and saving are refused while the device is there.`],
    'migration/cache-mode': [
      'warning',
      phrase`On shared storage the destination may read what the source has not yet written.`,
    ],
    'migration/local-disk': ['warning', phrase`The disk must be there under the same path, or be copied on the way.`],
    'migration/virtiofs': ['warning', phrase`It needs a recent virtiofsd on both hosts.`],
    'migration/nvme-disk': ['warning', phrase`The disk has to be copied on the way.`],
    'migration/invtsc': ['error', phrase`Live migration and saving are refused.`],
    'migration/hyperv-passthrough': [
      'error',
      phrase`The destination may offer other enlightenments than the running guest has seen.`,
    ],
    'clock-timers/tsc-frequency': ['warning', phrase`The destination must run at this frequency, or scale it.`],
    'firmware-boot/prefer-autoselection': [
      'information',
      phrase`The firmware must lie under the same path on every host.`,
    ],
    'devices/tpm-passthrough': ['error', phrase`The TPM of the host stays where it is.`],
    'devices/filesystem-9p': ['warning', phrase`A mounted share stops migration.`],
    'devices/machine-default-i440fx': ['warning', phrase`Which version is meant the hosts may see differently.`],
    'graphics-security/fixed-port': ['warning', phrase`The port may be taken on the destination.`],
  },
};
