/** vCPUs, memory and where they come from on the host. */
import { phrase } from '../../../server/src/l10n/say.ts';
import type { FailureEntry } from './entry.ts';

export const vcpuAndMemory: readonly FailureEntry[] = [
  {
    pattern: /cannot set up guest memory '.*': Cannot allocate memory/,
    kind: 'unsupported',
    message: phrase`{connection} has less free memory than the VM wants. Stop other VMs there, or give this one less.`,
    place: { at: ['memory'] },
  },
  {
    pattern: /hugetlbfs filesystem is not mounted/,
    kind: 'unsupported',
    message: phrase`{connection} offers no huge pages to VMs. Reserve some and mount hugetlbfs there, or remove <hugepages>.`,
    place: { at: ['memoryBacking/hugepages'] },
  },
  {
    pattern: /Unable to find any usable hugetlbfs mount for (\d+) KiB/,
    kind: 'unsupported',
    message: phrase`{connection} has no huge pages of $1 KiB. Take a size that it has (virsh freepages --all).`,
    place: { at: ['memoryBacking/hugepages/page@size', 'memoryBacking/hugepages'] },
  },
  {
    pattern: /cannot limit locked memory of process/,
    kind: 'permission',
    message: phrase`libvirt at {connection} may not lock memory for the VM. Use qemu:///system, or remove <locked>.`,
    place: { at: ['memoryBacking/locked'] },
  },
  {
    pattern: /NUMA node (\d+) is unavailable/,
    kind: 'unsupported',
    message: phrase`{connection} has no NUMA node $1. Correct the nodeset; virsh freecell --all lists the nodes.`,
    place: { at: ['numatune/memory@nodeset', 'numatune/memnode@nodeset'] },
  },
  {
    pattern: /cannot set CPU affinity on process/,
    kind: 'unsupported',
    message: phrase`vCPUs are pinned to CPUs that {connection} does not have, or does not let VMs use. Correct the cpuset.`,
    place: {
      at: ['vcpu@cpuset', 'cputune/vcpupin@cpuset', 'cputune/emulatorpin@cpuset', 'cputune/iothreadpin@cpuset'],
    },
  },
  {
    pattern: /CPU \d+ in cpulist '(.+?)' exceed the maxcpu (\d+)/,
    kind: 'refused',
    message: phrase`{connection} has $2 CPUs, counted from 0, and the list $1 names others.`,
  },
  {
    pattern: /Memory size must be specified/,
    kind: 'refused',
    message: phrase`The VM has no memory. Add <memory>.`,
    place: { at: ['memory', ''] },
  },
  {
    pattern: /At least one numa node has to be configured when enabling memory hotplug/,
    kind: 'refused',
    message: phrase`Memory that can be plugged in needs a NUMA node. Add <cpu><numa><cell …/></numa></cpu>, or remove <maxMemory>.`,
    place: { at: ['maxMemory'] },
  },
  {
    pattern: /Total size of memory devices exceeds the total memory size/,
    kind: 'refused',
    message: phrase`<memory> counts the memory modules too, and they are larger than it. Raise it by their size.`,
    place: { at: ['memory', 'devices/memory'] },
  },
  {
    pattern: /CPU topology doesn't match maximum vcpu count/,
    kind: 'refused',
    message: phrase`Sockets × dies × cores × threads is not the number in <vcpu>. Correct one of the two.`,
    place: { at: ['vcpu', 'cpu/topology'] },
  },
  {
    pattern: /greater than specified machine type limit (\d+)/,
    kind: 'unsupported',
    message: phrase`The machine type takes at most $1 vCPUs. Lower <vcpu>, or take a newer q35 type.`,
    place: { at: ['vcpu', 'os/type@machine'] },
  },
  {
    pattern: /CPU IDs in <numa> exceed the <vcpu> count|Number of CPUs in <numa> exceeds the <vcpu> count/,
    kind: 'refused',
    message: phrase`The NUMA cells name more vCPUs than <vcpu> counts. Correct their cpus, or <vcpu>.`,
    place: { at: ['vcpu', 'cpu/numa/cell@cpus'] },
  },
  {
    pattern: /maximum vCPU count must not be less than current vCPU count/,
    kind: 'refused',
    message: phrase`<vcpu> counts fewer vCPUs than its attribute current. Lower current, or raise the number.`,
    place: { at: ['vcpu@current'] },
  },
];
