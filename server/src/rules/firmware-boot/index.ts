import type { Rule } from '../rule.ts';
import { refusals as boot } from './boot.ts';
import { rule as bootDevAbsent } from './boot-dev-absent.ts';
import { rule as firmwareNotOnHost } from './firmware-not-on-host.ts';
import { rule as kernelLeftOver } from './kernel-left-over.ts';
import { refusals as loader } from './loader.ts';
import { rule as loaderWritable } from './loader-writable.ts';
import { rule as nvramIsTemplate } from './nvram-is-template.ts';
import { rule as preferAutoselection } from './prefer-autoselection.ts';
import { refusals as secureBoot } from './secure-boot.ts';
import { refusals as smbios } from './smbios.ts';
import { rule as smbiosSysinfoUnused } from './smbios-sysinfo-unused.ts';
import { rule as uefiInternalSnapshots } from './uefi-internal-snapshots.ts';

export const rules: readonly Rule[] = [
  ...secureBoot,
  ...loader,
  ...boot,
  ...smbios,
  loaderWritable,
  nvramIsTemplate,
  preferAutoselection,
  bootDevAbsent,
  kernelLeftOver,
  smbiosSysinfoUnused,
  uefiInternalSnapshots,
  firmwareNotOnHost,
];
