/** Every rule there is, by area. */
import { rules as clockTimers } from './clock-timers/index.ts';
import { rules as consistencyReferences } from './consistency-references/index.ts';
import { rules as cpu } from './cpu/index.ts';
import { rules as devices } from './devices/index.ts';
import { rules as disk } from './disk/index.ts';
import { rules as features } from './features/index.ts';
import { rules as firmwareBoot } from './firmware-boot/index.ts';
import { rules as graphicsSecurity } from './graphics-security/index.ts';
import { rules as iothreads } from './iothreads/index.ts';
import { rules as lifecycle } from './lifecycle/index.ts';
import { rules as memory } from './memory/index.ts';
import { rules as migration } from './migration/index.ts';
import { rules as network } from './network/index.ts';
import { rules as numaPinning } from './numa-pinning/index.ts';
import { rules as passthroughVfio } from './passthrough-vfio/index.ts';
import type { Rule } from './rule.ts';
import { rules as storage } from './storage/index.ts';
import { rules as windowsGuests } from './windows-guests/index.ts';

export const allRules: readonly Rule[] = [
  ...cpu,
  ...disk,
  ...memory,
  ...network,
  ...iothreads,
  ...numaPinning,
  ...storage,
  ...devices,
  ...consistencyReferences,
  ...firmwareBoot,
  ...features,
  ...clockTimers,
  ...graphicsSecurity,
  ...passthroughVfio,
  ...lifecycle,
  ...windowsGuests,
  ...migration,
];
