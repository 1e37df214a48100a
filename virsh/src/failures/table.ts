/** All messages that are translated. The first pattern that fits counts: causes stand before the consequences that are printed after them. */

import { boot } from './boot.ts';
import { consolesAndScreens } from './consolesAndScreens.ts';
import { cpu } from './cpu.ts';
import { definition } from './definition.ts';
import { diskAccess } from './diskAccess.ts';
import { disks } from './disks.ts';
import type { FailureEntry } from './entry.ts';
import { hostDevices } from './hostDevices.ts';
import { identity } from './identity.ts';
import { libvirtItself } from './libvirtItself.ts';
import { libvirtsWords } from './libvirtsWords.ts';
import { liveDevices } from './liveDevices.ts';
import { login } from './login.ts';
import { migration } from './migration.ts';
import { networks } from './networks.ts';
import { pciAndPlugs } from './pciAndPlugs.ts';
import { programs } from './programs.ts';
import { qemu } from './qemu.ts';
import { snapshots } from './snapshots.ts';
import { state } from './state.ts';
import { storage } from './storage.ts';
import { vcpuAndMemory } from './vcpuAndMemory.ts';
import { wayToTheHost } from './wayToTheHost.ts';

export const failureTable: readonly FailureEntry[] = [
  ...login,
  ...wayToTheHost,
  ...programs,
  ...libvirtItself,
  ...definition,
  ...identity,
  ...snapshots,
  ...migration,
  ...liveDevices,
  ...hostDevices,
  ...networks,
  ...diskAccess,
  ...storage,
  ...disks,
  ...pciAndPlugs,
  ...cpu,
  ...vcpuAndMemory,
  ...boot,
  ...consolesAndScreens,
  ...state,
  ...qemu,
  ...libvirtsWords,
];
