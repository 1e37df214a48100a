/** What a VM is not in the state for. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

export const state: readonly FailureEntry[] = [
  {
    pattern: /cannot acquire state change lock/,
    kind: 'in-use',
    message: phrase`Another operation on the VM is going on. Wait for its end, then try again.`,
  },
  {
    pattern: /^error: operation aborted: (?:job ')?domain save\b.*cancell?ed by client/m,
    kind: 'cancelled',
    message: phrase`Saving was cancelled: the VM goes on as before.`,
  },
  {
    pattern: /storage pool '(.*)' is already active/,
    kind: 'already-running',
    message: phrase`The storage pool $1 is active already.`,
  },
  {
    pattern: /is already (?:active|running)/,
    kind: 'already-running',
    message: phrase`The VM runs already.`,
  },
  {
    pattern: /[Dd]omain is not running/,
    kind: 'not-running',
    message: phrase`The VM does not run.`,
  },
  {
    pattern: /cannot undefine domain with nvram/,
    kind: 'refused',
    message: phrase`The VM has a file with UEFI variables: say whether it is to be removed or kept.`,
  },
  {
    pattern: /Refusing to undefine while|cannot (?:delete|undefine) (?:inactive )?domain with/,
    kind: 'refused',
    message: phrase`The VM has saved states or snapshots, which would be lost. Remove them first, or say that they may go.`,
  },
  {
    pattern: /cannot undefine transient domain/,
    kind: 'refused',
    message: phrase`The VM has no stored definition; it is gone as soon as it stops.`,
  },
  {
    pattern:
      /cannot (?:set autostart|do managed save) for transient domain|transient domains do not have any persistent config/,
    kind: 'refused',
    message: phrase`The VM has no stored definition, so nothing can be kept for its next start. Define it first.`,
  },
  {
    pattern: /domain is not transient/,
    kind: 'refused',
    message: phrase`libvirt does this only to VMs without a stored definition, which would not know of the copy.`,
  },
  {
    pattern: /no job is active on the domain/,
    kind: 'not-running',
    message: phrase`Nothing is going on that could be stopped.`,
  },
  {
    pattern: /QEMU guest agent is not configured/,
    kind: 'unsupported',
    message: phrase`The VM has no channel for the guest agent. Add <channel> with the name org.qemu.guest_agent.0, and start it anew.`,
    place: { at: ['devices'] },
  },
  {
    pattern: /QEMU guest agent is not connected|Guest agent is not responding/,
    kind: 'unsupported',
    message: phrase`The guest’s agent does not answer. Install and start qemu-guest-agent in the guest.`,
  },
  {
    pattern: /without the balloon device/,
    kind: 'unsupported',
    message: phrase`The memory of a running VM changes only with a balloon. Set <memballoon model="virtio"/>, and start it anew.`,
    place: { at: ['devices/memballoon@model'] },
  },
  {
    pattern: /cannot resize the maximum memory on an active domain/,
    kind: 'already-running',
    message: phrase`The maximum memory changes only while the VM is off. Change the definition for its next start.`,
  },
  {
    pattern: /cannot set memory higher than max memory/,
    kind: 'refused',
    message: phrase`That is more than <memory>, the most that the VM may have. Raise <memory> first, while it is off.`,
    place: { at: ['currentMemory', 'memory'] },
  },
  {
    pattern: /requested vcpus is greater than max allowable vcpus for the \w+ domain: (\d+) > (\d+)/,
    kind: 'refused',
    message: phrase`The VM has at most $2 vCPUs. Raise the number in <vcpu>, and start it anew.`,
    place: { at: ['vcpu'] },
  },
  {
    pattern: /vcpu (\d+) is out of range of \w+ cpu count (\d+)/,
    kind: 'refused',
    message: phrase`The VM has $2 vCPUs, counted from 0, and no vCPU $1.`,
    place: { at: ['cputune/vcpupin@vcpu'], value: '$1' },
  },
  {
    pattern: /image magic is incorrect/,
    kind: 'refused',
    message: phrase`The file is no saved state of a VM.`,
  },
];
