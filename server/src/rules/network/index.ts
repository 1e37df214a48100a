/** Rules about network interfaces. */
import type { Rule } from '../rule.ts';
import { refusals as addresses } from './addresses.ts';
import { refusals as backend } from './backend.ts';
import { rule as driverNeedsVirtio } from './driver-needs-virtio.ts';
import { rule as emulatedModel } from './emulated-model.ts';
import { rule as eventIdxOff } from './event-idx-off.ts';
import { rule as hostObjectMissing } from './host-object-missing.ts';
import { rule as ignoredElements } from './ignored-elements.ts';
import { refusals as ipAddresses } from './ip-addresses.ts';
import { rule as macDuplicate } from './mac-duplicate.ts';
import { rule as macvtapVepaDefault } from './macvtap-vepa-default.ts';
import { rule as multiqueueMissing } from './multiqueue-missing.ts';
import { refusals as port } from './port.ts';
import { refusals as ports } from './ports.ts';
import { refusals as queues } from './queues.ts';
import { rule as queuesExceedVcpus } from './queues-exceed-vcpus.ts';
import { rule as reservedTargetName } from './reserved-target-name.ts';
import { rule as slirpPerformance } from './slirp-performance.ts';
import { rule as trustGuestRx } from './trust-guest-rx.ts';
import { rule as txQueueSizeTap } from './tx-queue-size-tap.ts';
import { rule as txmodeSet } from './txmode-set.ts';
import { refusals as types } from './types.ts';
import { rule as userSpaceBackend } from './user-space-backend.ts';
import { rule as vhostExplicit } from './vhost-explicit.ts';
import { rule as vhostuserServerMode } from './vhostuser-server-mode.ts';
import { rule as vlanUnsupported } from './vlan-unsupported.ts';

export const rules: readonly Rule[] = [
  ...addresses,
  ...backend,
  ...port,
  ...queues,
  ...types,
  ...ports,
  ...ipAddresses,
  driverNeedsVirtio,
  ignoredElements,
  emulatedModel,
  eventIdxOff,
  macDuplicate,
  macvtapVepaDefault,
  multiqueueMissing,
  queuesExceedVcpus,
  reservedTargetName,
  slirpPerformance,
  trustGuestRx,
  txQueueSizeTap,
  txmodeSet,
  userSpaceBackend,
  vhostExplicit,
  vhostuserServerMode,
  vlanUnsupported,
  hostObjectMissing,
];
