import { phrase } from '../../l10n/say.ts';
import type { Profile } from './profile.ts';

export const throughput: Profile = {
  title: phrase`Guests that move much data: databases, file servers, build machines.`,
  moves: {
    'disk/cache-default': ['warning', phrase`Every block is copied through the host's page cache.`],
    'disk/cache-writethrough': ['warning', phrase`Each write waits for the disk.`],
    'disk/native-on-block': ['warning', phrase`Worker threads cost context switches that native I/O does without.`],
    'iothreads/missing-on-virtio-disk': ['information', phrase`All disks share QEMU's main loop.`],
    'network/multiqueue-missing': ['warning', phrase`One vCPU receives for all.`],
    'network/slirp-performance': ['warning', phrase`Each packet is copied by a user-space network stack.`],
    'network/vhost-explicit': ['off', phrase`It keeps a guest from being started without vhost-net.`],
    'memory/ksm-page-sharing': ['information', phrase`Merged pages are copied again at the first write.`],
    'memory/free-page-reporting': ['off', phrase`Memory that is given back has to be faulted in again.`],
    'cpu/pcid-missing-old-intel': ['warning', phrase`Each system call of the guest flushes its TLB.`],
  },
};
