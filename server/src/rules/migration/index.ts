import type { Rule } from '../rule.ts';
import { rule as blockingDevice } from './blocking-device.ts';
import { rule as cacheMode } from './cache-mode.ts';
import { rule as hypervPassthrough } from './hyperv-passthrough.ts';
import { rule as invtsc } from './invtsc.ts';
import { rule as localDisk } from './local-disk.ts';
import { rule as nvmeDisk } from './nvme-disk.ts';
import { rule as virtiofs } from './virtiofs.ts';

export const rules: readonly Rule[] = [
  blockingDevice,
  localDisk,
  cacheMode,
  invtsc,
  virtiofs,
  hypervPassthrough,
  nvmeDisk,
];
