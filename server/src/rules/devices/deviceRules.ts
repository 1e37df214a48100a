/** Rules of the devices themselves. */
import type { Rule } from '../rule.ts';
import { refusals as characterTargets } from './character-targets.ts';
import { refusals as characters } from './characters.ts';
import { refusals as filesystems } from './filesystems.ts';
import { refusals as guestServices } from './guest-services.ts';
import { refusals as inputs } from './inputs.ts';
import { refusals as iommus } from './iommus.ts';
import { refusals as panics } from './panics.ts';
import { refusals as redirection } from './redirection.ts';
import { refusals as sharedMemory } from './shared-memory.ts';
import { refusals as sounds } from './sounds.ts';
import { refusals as spiceChannels } from './spice-channels.ts';
import { refusals as tpms } from './tpms.ts';
import { refusals as videoModels } from './video-models.ts';
import { refusals as watchdogs } from './watchdogs.ts';

export const deviceRules: readonly Rule[] = [
  ...characters,
  ...characterTargets,
  ...spiceChannels,
  ...redirection,
  ...tpms,
  ...panics,
  ...watchdogs,
  ...sharedMemory,
  ...inputs,
  ...filesystems,
  ...sounds,
  ...iommus,
  ...guestServices,
  ...videoModels,
];
