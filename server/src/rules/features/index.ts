import type { Rule } from '../rule.ts';
import { rule as acpiMissing } from './acpi-missing.ts';
import { rule as apicMissing } from './apic-missing.ts';
import { refusals as architecture } from './architecture.ts';
import { rule as domainTypeQemu } from './domain-type-qemu.ts';
import { rule as hintDedicated } from './hint-dedicated.ts';
import { rule as hintDedicatedUnpinned } from './hint-dedicated-unpinned.ts';
import { refusals as machine } from './machine.ts';
import { rule as ofOtherDriver } from './of-other-driver.ts';
import { rule as pmuRealtime } from './pmu-realtime.ts';
import { refusals as values } from './values.ts';

export const rules: readonly Rule[] = [
  ...architecture,
  ...machine,
  ...values,
  acpiMissing,
  apicMissing,
  domainTypeQemu,
  hintDedicated,
  hintDedicatedUnpinned,
  pmuRealtime,
  ofOtherDriver,
];
