import type { Rule } from '../rule.ts';
import { refusals as actions } from './actions.ts';
import { rule as cloneIdentity } from './clone-identity.ts';
import { rule as crashActionWithoutPanic } from './crash-action-without-panic.ts';
import { rule as liveXmlLeftOvers } from './live-xml-left-overs.ts';
import { rule as machineUpgrade } from './machine-upgrade.ts';
import { refusals as names } from './names.ts';
import { rule as onRebootDestroy } from './on-reboot-destroy.ts';
import { rule as suspendEnabled } from './suspend-enabled.ts';

export const rules: readonly Rule[] = [
  ...actions,
  ...names,
  crashActionWithoutPanic,
  onRebootDestroy,
  suspendEnabled,
  liveXmlLeftOvers,
  machineUpgrade,
  cloneIdentity,
];
