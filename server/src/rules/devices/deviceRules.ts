/** Rules of the devices themselves. */
import type { Rule } from '../rule.ts';
import { refusals as characterTargets } from './character-targets.ts';
import { refusals as characters } from './characters.ts';
import { rule as filesystem9p } from './filesystem-9p.ts';
import { refusals as filesystems } from './filesystems.ts';
import { rule as guestAgentChannel } from './guest-agent-channel.ts';
import { refusals as guestServices } from './guest-services.ts';
import { refusals as inputs } from './inputs.ts';
import { refusals as iommus } from './iommus.ts';
import { rule as machineDefaultI440fx } from './machine-default-i440fx.ts';
import { rule as machineDeprecated } from './machine-deprecated.ts';
import { rule as machineI440fx } from './machine-i440fx.ts';
import { refusals as panics } from './panics.ts';
import { refusals as redirection } from './redirection.ts';
import { rule as rngDevRandom } from './rng-dev-random.ts';
import { rule as rngMissing } from './rng-missing.ts';
import { rule as serialConsoleMissing } from './serial-console-missing.ts';
import { rule as sevPolicyDebug } from './sev-policy-debug.ts';
import { rule as sevRequirements } from './sev-requirements.ts';
import { refusals as sharedMemory } from './shared-memory.ts';
import { refusals as sounds } from './sounds.ts';
import { refusals as spiceChannels } from './spice-channels.ts';
import { rule as tabletMissing } from './tablet-missing.ts';
import { rule as tpmPassthrough } from './tpm-passthrough.ts';
import { refusals as tpms } from './tpms.ts';
import { rule as videoCirrus } from './video-cirrus.ts';
import { refusals as videoModels } from './video-models.ts';
import { rule as watchdogShutdown } from './watchdog-shutdown.ts';
import { refusals as watchdogs } from './watchdogs.ts';
import { rule as withoutEffect } from './without-effect.ts';

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
  machineDefaultI440fx,
  machineI440fx,
  machineDeprecated,
  watchdogShutdown,
  rngMissing,
  rngDevRandom,
  tpmPassthrough,
  guestAgentChannel,
  videoCirrus,
  tabletMissing,
  serialConsoleMissing,
  filesystem9p,
  sevRequirements,
  sevPolicyDebug,
  withoutEffect,
];
