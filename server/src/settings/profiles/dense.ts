import { phrase } from '../../l10n/say.ts';
import type { Profile } from './profile.ts';

export const dense: Profile = {
  title: phrase`Many guests on one host: desktops, test machines, hosting.`,
  moves: {
    'memory/ksm-page-sharing': ['off', phrase`Sharing pages is what lets them fit.`],
    'memory/nosharepages-redundant': ['information', phrase`Where it does take effect, it costs memory.`],
    'memory/hugepages-are-preallocated': ['warning', phrase`Memory is taken in full from the start, used or not.`],
    'memory/hugepages-with-balloon': ['error', phrase`The balloon gives nothing back.`],
    'memory/locked-without-limit': ['error', phrase`One guest can take the memory of all.`],
    'memory/free-page-reporting': ['information', phrase`The host takes back what the guest has freed.`],
    'memory/balloon-stats-period': ['information', phrase`Without figures nobody knows what the balloon may take.`],
    'memory/balloon-target-below-memory': ['warning', phrase`The memory is not saved.`],
    'disk/discard-missing': ['warning', phrase`Images grow and never shrink.`],
    'disk/detect-zeroes-without-discard': ['warning', phrase`Zeroes are written instead of space being freed.`],
    'network/multiqueue-missing': ['off', phrase`Each queue costs a thread of the host.`],
    'iothreads/missing-on-virtio-disk': ['off', phrase`Each IOThread costs a thread of the host.`],
    'disk/native-on-block': ['off', phrase`The host's CPUs are shared, so a single guest's rate is not the limit.`],
    'devices/usb-legacy-controller': ['warning', phrase`It keeps a CPU of the host busy for every guest.`],
  },
};
