import type { Rule } from '../rule.ts';
import { rule as hpetPresent } from './hpet-present.ts';
import { rule as kvmTimers } from './kvm-timers.ts';
import { rule as kvmclockDisabled } from './kvmclock-disabled.ts';
import { rule as localtimeNonWindows } from './localtime-non-windows.ts';
import { refusals as offset } from './offset.ts';
import { refusals as timers } from './timers.ts';
import { rule as tscFrequency } from './tsc-frequency.ts';

export const rules: readonly Rule[] = [
  ...timers,
  ...offset,
  kvmTimers,
  hpetPresent,
  kvmclockDisabled,
  localtimeNonWindows,
  tscFrequency,
];
