import type { Rule } from '../rule.ts';
import { refusals as assignment } from './assignment.ts';
import { rule as balloon } from './balloon.ts';
import { refusals as duplicates } from './duplicates.ts';
import { rule as memlockLimit } from './memlock-limit.ts';
import { rules as onHost } from './on-host.ts';
import { rule as unmanaged } from './unmanaged.ts';
import { rule as usbByAddress } from './usb-by-address.ts';
import { rule as viommuCachingMode } from './viommu-caching-mode.ts';

export const rules: readonly Rule[] = [
  ...duplicates,
  ...assignment,
  balloon,
  memlockLimit,
  unmanaged,
  usbByAddress,
  viommuCachingMode,
  ...onHost,
];
