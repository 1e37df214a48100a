import type { Rule } from '../rule.ts';
import { rule as clockUtc } from './clock-utc.ts';
import { rule as enlightenmentsMissing } from './enlightenments-missing.ts';
import { rule as evmcsOnAmd } from './evmcs-on-amd.ts';
import { refusals as hyperv } from './hyperv.ts';
import { rule as hypervclockMissing } from './hypervclock-missing.ts';
import { rule as linuxWithHyperv } from './linux-with-hyperv.ts';
import { rule as reenlightenment } from './reenlightenment.ts';
import { rule as socketsLimit } from './sockets-limit.ts';
import { rule as win11Requirements } from './win11-requirements.ts';

export const rules: readonly Rule[] = [
  ...hyperv,
  enlightenmentsMissing,
  hypervclockMissing,
  clockUtc,
  evmcsOnAmd,
  reenlightenment,
  win11Requirements,
  socketsLimit,
  linuxWithHyperv,
];
