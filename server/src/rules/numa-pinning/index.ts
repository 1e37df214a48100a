/** Rules about the guest's NUMA cells, and about where its threads and memory lie on the host. */
import type { Rule } from '../rule.ts';
import { rule as cellCpusIncomplete } from './cell-cpus-incomplete.ts';
import { rule as cellMemorySum } from './cell-memory-sum.ts';
import { refusals as cells } from './cells.ts';
import { rule as cpusetIgnored } from './cpuset-ignored.ts';
import { refusals as cpusets } from './cpusets.ts';
import { rule as emulatorUnpinned } from './emulator-unpinned.ts';
import { rule as emulatorpinOverlapsVcpupin } from './emulatorpin-overlaps-vcpupin.ts';
import { refusals as hmat } from './hmat.ts';
import { rule as iothreadUnpinned } from './iothread-unpinned.ts';
import { rule as largeGuestWithoutCells } from './large-guest-without-cells.ts';
import { rule as memoryNotBound } from './memory-not-bound.ts';
import { refusals as numatune } from './numatune.ts';
import { rules as onHost } from './on-host.ts';
import { rule as partialPinning } from './partial-pinning.ts';
import { rule as preferredSeveralNodes } from './preferred-several-nodes.ts';
import { rule as realtimeWithoutPinning } from './realtime-without-pinning.ts';
import { refusals as resctrl } from './resctrl.ts';
import { rule as sharesRange } from './shares-range.ts';
import { refusals as threads } from './threads.ts';
import { rule as vcpupinUnknownVcpu } from './vcpupin-unknown-vcpu.ts';
import { rule as vcpusShareHostCpu } from './vcpus-share-host-cpu.ts';

export const rules: readonly Rule[] = [
  ...cells,
  ...cpusets,
  ...numatune,
  ...threads,
  ...hmat,
  ...resctrl,
  vcpupinUnknownVcpu,
  partialPinning,
  vcpusShareHostCpu,
  emulatorUnpinned,
  emulatorpinOverlapsVcpupin,
  iothreadUnpinned,
  memoryNotBound,
  cellCpusIncomplete,
  cellMemorySum,
  sharesRange,
  realtimeWithoutPinning,
  cpusetIgnored,
  preferredSeveralNodes,
  largeGuestWithoutCells,
  ...onHost,
];
