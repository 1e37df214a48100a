import type { Rule } from '../rule.ts';
import { refusals as cacheAndAddressWidth } from './cache-and-address-width.ts';
import { rule as checkNone } from './check-none.ts';
import { rule as checkWithoutModel } from './check-without-model.ts';
import { rule as fallbackAllow } from './fallback-allow.ts';
import { rule as featureForce } from './feature-force.ts';
import { rule as featureNotKnown } from './feature-not-known.ts';
import { refusals as features } from './features.ts';
import { rule as hostModelColdRestart } from './host-model-cold-restart.ts';
import { rule as hostPassthroughMigration } from './host-passthrough-migration.ts';
import { rule as hostPassthroughNotMigratable } from './host-passthrough-not-migratable.ts';
import { rule as legacyBaselineModel } from './legacy-baseline-model.ts';
import { rule as missingCpuElement } from './missing-cpu-element.ts';
import { refusals as mode } from './mode.ts';
import { refusals as model } from './model.ts';
import { rule as modelIgnored } from './model-ignored.ts';
import { rule as missingMitigationsAmd } from './named-model-missing-mitigations-amd.ts';
import { rule as missingMitigationsIntel } from './named-model-missing-mitigations-intel.ts';
import { rule as nestedVirtualization } from './nested-virtualization.ts';
import { rules as onHost } from './on-host.ts';
import { rule as pcidMissingOldIntel } from './pcid-missing-old-intel.ts';
import { refusals as topology } from './topology.ts';
import { rule as topologyThreadsUnpinned } from './topology-threads-unpinned.ts';
import { rule as unknownModel } from './unknown-model.ts';
import { refusals as vcpus } from './vcpus.ts';

export const rules: readonly Rule[] = [
  ...mode,
  ...model,
  ...topology,
  ...vcpus,
  ...cacheAndAddressWidth,
  ...features,
  missingCpuElement,
  hostPassthroughMigration,
  hostPassthroughNotMigratable,
  hostModelColdRestart,
  unknownModel,
  legacyBaselineModel,
  missingMitigationsIntel,
  missingMitigationsAmd,
  pcidMissingOldIntel,
  fallbackAllow,
  modelIgnored,
  checkNone,
  checkWithoutModel,
  featureForce,
  featureNotKnown,
  nestedVirtualization,
  topologyThreadsUnpinned,
  ...onHost,
];
