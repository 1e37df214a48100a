import { phrase } from '../../l10n/say.ts';
import type { Profile } from './profile.ts';

export const latency: Profile = {
  title: phrase`Guests that must answer in time: real-time, audio, trading, packet processing.`,
  moves: {
    'cpu/topology-threads-unpinned': ['warning', phrase`Siblings in the guest may run on strangers' cores.`],
    'disk/cache-default': ['warning', phrase`Writeback of the host's page cache stalls the guest's flushes.`],
    'disk/cache-writeback': ['warning', phrase`Writeback of the host's page cache stalls the guest's flushes.`],
    'iothreads/missing-on-virtio-disk': ['warning', phrase`Disks wait for monitor commands in QEMU's main loop.`],
    'memory/ksm-page-sharing': ['warning', phrase`The first write to a merged page waits for a copy.`],
    'memory/free-page-reporting': ['off', phrase`Pages that were given back are faulted in at the worst moment.`],
    'memory/balloon-stats-period': ['off', phrase`Polling the guest takes time from it.`],
    'network/multiqueue-missing': ['information', phrase`Queues that share a vCPU wait for each other.`],
    'network/slirp-performance': ['warning', phrase`Each packet is copied by a user-space network stack.`],
    'network/user-space-backend': ['error', phrase`Each packet passes through QEMU's main loop.`],
    'features/hint-dedicated': [
      'warning',
      phrase`Spinning guests give way to nobody on pinned CPUs, and yielding costs an exit.`,
    ],
    'features/pmu-realtime': ['warning', phrase`Its interrupts come at any moment.`],
    'clock-timers/hpet-present': ['information', phrase`Reading it leaves the guest.`],
    'clock-timers/kvmclock-disabled': ['error', phrase`Each look at the clock leaves the guest.`],
    'lifecycle/suspend-enabled': ['warning', phrase`A guest that sleeps answers nobody.`],
  },
};
