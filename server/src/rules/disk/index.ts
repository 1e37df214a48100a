import type { Rule } from '../rule.ts';
import { rule as blockioSizes } from './blockio-sizes.ts';
import { refusals as bus } from './bus.ts';
import { refusals as busOptions } from './bus-options.ts';
import { rule as cacheDefault } from './cache-default.ts';
import { rule as cacheUnsafe } from './cache-unsafe.ts';
import { rule as cacheWriteback } from './cache-writeback.ts';
import { rule as cacheWritethrough } from './cache-writethrough.ts';
import { rule as cdromIsoMandatory } from './cdrom-iso-mandatory.ts';
import { rule as detectZeroesWithoutDiscard } from './detect-zeroes-without-discard.ts';
import { rule as discardMissing } from './discard-missing.ts';
import { rule as emulatedBus } from './emulated-bus.ts';
import { rule as errorPolicyIgnore } from './error-policy-ignore.ts';
import { refusals as format } from './format.ts';
import { rule as formatExtensionMismatch } from './format-extension-mismatch.ts';
import { rule as formatForeign } from './format-foreign.ts';
import { rule as formatNotStated } from './format-not-stated.ts';
import { refusals as frontend } from './frontend.ts';
import { rule as ignoredElements } from './ignored-elements.ts';
import { rule as ioNativeCache } from './io-native-cache.ts';
import { rule as ioeventfdOff } from './ioeventfd-off.ts';
import { refusals as lun } from './lun.ts';
import { rule as lunVirtioBlk } from './lun-virtio-blk.ts';
import { rule as nativeOnBlock } from './native-on-block.ts';
import { refusals as overlay } from './overlay.ts';
import { rule as queuesExceedVcpus } from './queues-exceed-vcpus.ts';
import { rule as sameSourceTwice } from './same-source-twice.ts';
import { rule as scsiControllerModel } from './scsi-controller-model.ts';
import { rule as serialLength } from './serial-length.ts';
import { rule as shareableCached } from './shareable-cached.ts';
import { rule as shareableNeedsCluster } from './shareable-needs-cluster.ts';
import { rule as snapshotInternalRaw } from './snapshot-internal-raw.ts';
import { refusals as source } from './source.ts';
import { refusals as target } from './target.ts';
import { rule as targetBusMismatch } from './target-bus-mismatch.ts';
import { refusals as throttling } from './throttling.ts';
import { refusals as vhostuser } from './vhostuser.ts';

export const rules: readonly Rule[] = [
  ioNativeCache,
  cacheUnsafe,
  cacheWriteback,
  cacheDefault,
  cacheWritethrough,
  shareableCached,
  shareableNeedsCluster,
  nativeOnBlock,
  discardMissing,
  detectZeroesWithoutDiscard,
  emulatedBus,
  targetBusMismatch,
  formatNotStated,
  formatExtensionMismatch,
  formatForeign,
  queuesExceedVcpus,
  ioeventfdOff,
  serialLength,
  cdromIsoMandatory,
  errorPolicyIgnore,
  sameSourceTwice,
  scsiControllerModel,
  snapshotInternalRaw,
  blockioSizes,
  lunVirtioBlk,
  ignoredElements,
  ...target,
  ...bus,
  ...busOptions,
  ...source,
  ...format,
  ...overlay,
  ...lun,
  ...frontend,
  ...throttling,
  ...vhostuser,
];
