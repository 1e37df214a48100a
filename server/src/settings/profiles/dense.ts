import type { Profile } from './profile.ts';

export const dense: Profile = {
  title: 'Many guests on one host: desktops, test machines, hosting.',
  moves: {
    'memory/ksm-page-sharing': ['off', 'Sharing pages is what lets them fit.'],
    'memory/nosharepages-redundant': ['information', 'Where it does take effect, it costs memory.'],
    'memory/hugepages-are-preallocated': ['warning', 'Memory is taken in full from the start, used or not.'],
    'memory/hugepages-with-balloon': ['error', 'The balloon gives nothing back.'],
    'memory/locked-without-limit': ['error', 'One guest can take the memory of all.'],
    'memory/free-page-reporting': ['information', 'The host takes back what the guest has freed.'],
    'memory/balloon-stats-period': ['information', 'Without figures nobody knows what the balloon may take.'],
    'memory/balloon-target-below-memory': ['warning', 'The memory is not saved.'],
    'disk/discard-missing': ['warning', 'Images grow and never shrink.'],
    'disk/detect-zeroes-without-discard': ['warning', 'Zeroes are written instead of space being freed.'],
    'network/multiqueue-missing': ['off', 'Each queue costs a thread of the host.'],
    'iothreads/missing-on-virtio-disk': ['off', 'Each IOThread costs a thread of the host.'],
    'disk/native-on-block': ['off', "The host's CPUs are shared, so a single guest's rate is not the limit."],
    'devices/usb-legacy-controller': ['warning', 'It keeps a CPU of the host busy for every guest.'],
  },
};
