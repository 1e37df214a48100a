/** Rules about memory. */
import type { Rule } from '../rule.ts';
import { refusals as amounts } from './amounts-refused.ts';
import { rule as balloonNoneOptions } from './balloon-none-options.ts';
import { rule as balloonStatsPeriod } from './balloon-stats-period.ts';
import { rule as balloonTargetBelowMemory } from './balloon-target-below-memory.ts';
import { rule as currentExceedsMemory } from './current-exceeds-memory.ts';
import { rule as decimalUnit } from './decimal-unit.ts';
import { rule as fileSourceWithHugepages } from './file-source-with-hugepages.ts';
import { rule as freePageReporting } from './free-page-reporting.ts';
import { rule as hardLimitTooLow } from './hard-limit-too-low.ts';
import { rule as hugepageSizeNotMultiple } from './hugepage-size-not-multiple.ts';
import { rule as hugepagesArePreallocated } from './hugepages-are-preallocated.ts';
import { refusals as hugepages } from './hugepages-refused.ts';
import { rule as hugepagesWithBalloon } from './hugepages-with-balloon.ts';
import { rule as ksmPageSharing } from './ksm-page-sharing.ts';
import { rule as lockedWithoutLimit } from './locked-without-limit.ts';
import { refusals as moduleOptions } from './module-options.ts';
import { refusals as moduleSizes } from './module-sizes-refused.ts';
import { refusals as modules } from './modules-refused.ts';
import { rule as nosharepagesRedundant } from './nosharepages-redundant.ts';
import { rules as onHost } from './on-host.ts';
import { rule as sharedAccessOnDisk } from './shared-access-on-disk.ts';
import { refusals as sharing } from './sharing-refused.ts';
import { rule as suspiciousSmall } from './suspicious-small.ts';
import { rule as swapLimitOrder } from './swap-limit-order.ts';
import { rule as vhostuserNeedsShared } from './vhostuser-needs-shared.ts';

export const rules: readonly Rule[] = [
  ...amounts,
  suspiciousSmall,
  decimalUnit,
  currentExceedsMemory,
  ...hugepages,
  hugepagesArePreallocated,
  hugepageSizeNotMultiple,
  hugepagesWithBalloon,
  ksmPageSharing,
  nosharepagesRedundant,
  ...sharing,
  vhostuserNeedsShared,
  sharedAccessOnDisk,
  lockedWithoutLimit,
  hardLimitTooLow,
  swapLimitOrder,
  ...modules,
  ...moduleSizes,
  ...moduleOptions,
  balloonTargetBelowMemory,
  balloonNoneOptions,
  fileSourceWithHugepages,
  balloonStatsPeriod,
  freePageReporting,
  ...onHost,
];
